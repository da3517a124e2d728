import type { LockOrderForm, OrderAction } from '../../schemas/lock-order.ts';
import type { CasePolicy, Limit } from '../../schemas/policy.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import type { TaskKind } from '../../schemas/task.ts';
import { dueDate } from '../calendar/due-date.ts';
import { sendNotice } from '../notice/decide.ts';
import { completeTask } from '../task/complete.ts';
import { openTaskEvent } from '../task/open.ts';
import { c06Place } from '../task/place.ts';
import { toInstant } from '../time.ts';
import { type Decision, filed, type Rules } from './state.ts';

export type StepKind = Extract<
  TaskKind,
  'RECEIVE_ORDER' | 'FORWARD_ORDER' | 'DECIDE_ORDER' | 'RESOLVE_ORDER'
>;

export const withNote = (note: string | undefined) => (note === undefined ? {} : { note });

/** The limit of a step, by what the order asks for; steps without a limit in law have none. */
function limitOf(kind: StepKind, action: OrderAction, rules: CasePolicy): Limit | undefined {
  switch (kind) {
    case 'FORWARD_ORDER':
      return action === 'LOCK' ? rules.limitLockForward : rules.limitUnlockForward;
    case 'DECIDE_ORDER':
      return action === 'LOCK' ? rules.limitLockDecide : rules.limitUnlockDecide;
    case 'RECEIVE_ORDER':
    case 'RESOLVE_ORDER':
      return undefined;
  }
}

/** The task of a step, at the place that the policy names and due by the limit counted from now. Nothing is added yet. */
export function stepTask(d: Decision, rules: Rules, kind: StepKind) {
  const { form, reception } = filed(d.state);
  const limit = limitOf(kind, form.action, rules);
  const place = rules.tasks[kind].place === 'C06' ? c06Place(rules) : reception;
  const caseDueAt = limit && toInstant(dueDate(rules.calendar, { receivedAt: d.now, limit }).dueAt);
  return openTaskEvent(d.state.tasks, { kind, place, caseDueAt }, rules, d.now);
}

export const openStep = (d: Decision, rules: Rules, kind: StepKind): void => d.add(stepTask(d, rules, kind));

/** Completes the officer's task first: whoever may not do it changes nothing. */
export function finish(d: Decision, rules: Rules, kind: StepKind, taskId: string): void {
  d.add(...completeTask(d.state.tasks, taskId, kind, d.actor, rules).events);
}

const subject = ({ action, number, organisation, document }: LockOrderForm) => ({
  action,
  ...(number === undefined ? {} : { number }),
  ...(organisation === undefined ? {} : { organisation }),
  ...(document === undefined ? {} : { document: `${document.number}, ${document.date}` }),
});

/** Tells the authority, where the form names one. */
export function tellAuthority(
  d: Decision,
  rules: Rules,
  template: Extract<NoticeTemplate, `LOCK_ORDER_${string}`>,
  more: Readonly<Record<string, string>>,
): void {
  const { form } = filed(d.state);
  if (!form.authority) return;
  const notice = { template, to: form.authority.contact, values: { ...subject(form), ...more } };
  d.add(...sendNotice(d.state, notice, c06Place(rules), rules, d.now));
}
