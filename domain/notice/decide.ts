import type { CommandOf } from '../../schemas/case.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { Contact, Notice, NoticeCommand, NoticeEvent } from '../../schemas/notice.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import type { Task, TaskEvent } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';
import { completeTask } from '../task/complete.ts';
import { openTaskEvent } from '../task/open.ts';
import { toInstant, toMs } from '../time.ts';
import { noticeQuestionId } from './effects.ts';
import { orderNotice } from './notice.ts';

type Events = readonly (NoticeEvent | TaskEvent)[];
type Outcome = CommandOf<Extract<NoticeCommand, { type: 'RecordNoticeOutcome' }>>;
type Resolve = CommandOf<Extract<NoticeCommand, { type: 'ResolveNotice' }>>;

/** Orders a notice; where no channel reaches the person it becomes somebody's task at once. */
export function sendNotice(
  state: { readonly notices: readonly Notice[]; readonly tasks: readonly Task[] },
  notice: {
    readonly template: NoticeTemplate;
    readonly to: Contact;
    readonly values: Record<string, string>;
  },
  place: UnitPlace,
  policy: CasePolicy,
  now: number,
): Events {
  const ordered = orderNotice(state.notices, notice.template, notice.to, notice.values, policy);
  if (ordered.data.channels.length > 0) return [ordered];
  return [ordered, ...undeliverable({ id: ordered.data.noticeId }, state.tasks, place, policy, now)];
}

/** When no channel can take a notice, a person delivers it: the task stays open until somebody did. */
function undeliverable(
  notice: Pick<Notice, 'id'>,
  tasks: readonly Task[],
  place: UnitPlace,
  policy: CasePolicy,
  now: number,
): Events {
  return [
    { type: 'NoticeUndeliverable', data: { noticeId: notice.id } },
    openTaskEvent(tasks, { kind: 'DELIVER_NOTICE', place, about: notice.id }, policy, now),
  ];
}

/** What a channel's receipt, or its silence, means; a receipt for an earlier channel or round changes nothing. */
export function recordOutcome(
  command: Outcome,
  stream: string,
  notices: readonly Notice[],
  tasks: readonly Task[],
  place: UnitPlace,
  policy: CasePolicy,
  now: number,
): Events {
  const { orderId, outcome, at, reference, detail } = command.data;
  const notice = notices.find((n) => n.status === 'SENDING' && noticeQuestionId(stream, n) === orderId);
  const channel = notice?.channels[notice.current];
  if (!notice || !channel) return [];
  if (outcome === 'DELIVERED') {
    const receivedAt = toInstant(Math.min(at === undefined ? now : toMs(at), now));
    const data = { noticeId: notice.id, channel, receivedAt };
    return [{ type: 'NoticeDelivered', data: reference === undefined ? data : { ...data, reference } }];
  }
  const failed: NoticeEvent = {
    type: 'NoticeChannelFailed',
    data: { noticeId: notice.id, channel, detail: detail ?? 'FAILED' },
  };
  const last = notice.current + 1 >= notice.channels.length;
  return last ? [failed, ...undeliverable(notice, tasks, place, policy, now)] : [failed];
}

/** A person tries again, or hands the notice over by other means and says how. */
export function resolveNotice(
  command: Resolve,
  notices: readonly Notice[],
  tasks: readonly Task[],
  policy: CasePolicy,
  now: number,
): Events {
  const { taskId, action, note } = command.data;
  const { task, events } = completeTask(tasks, taskId, 'DELIVER_NOTICE', command.actor, policy);
  const notice = notices.find((n) => n.id === task.about && n.status === 'FAILED');
  if (!notice) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
  const data = { noticeId: notice.id };
  if (action === 'HANDED_OVER') {
    return [...events, { type: 'NoticeHandedOver', data: { ...data, note, at: toInstant(now) } }];
  }
  if (notice.channels.length === 0)
    throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId, why: 'no channel' });
  return [...events, { type: 'NoticeRetried', data }];
}
