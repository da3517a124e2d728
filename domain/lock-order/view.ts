import type { CaseView, Wait } from '../../schemas/case.ts';
import type { LockOrderState } from '../../schemas/lock-order.ts';
import { noticeWaits } from '../notice/view.ts';
import { isOpen } from '../task/find.ts';
import { taskWaits } from '../task/view.ts';
import { wantedNotices } from './effects.ts';
import { isEnded } from './state.ts';

export const isLockOrderClosed = (state: LockOrderState): boolean =>
  isEnded(state) && wantedNotices(state).length === 0;

/** What an inbox, a list or a person at the desk sees of an order. */
export function viewLockOrder(state: LockOrderState): CaseView {
  const closed = isLockOrderClosed(state);
  const open = state.tasks.filter(isOpen);
  const dueAt = open.find((task) => task.kind !== 'DELIVER_NOTICE')?.dueAt;
  return {
    status: state.status,
    title: title(state),
    ...(state.reception === undefined ? {} : { unit: state.reception.unit }),
    closed,
    overdue: open.some((task) => task.overdue),
    ...(dueAt === undefined ? {} : { dueAt }),
    waits: closed
      ? []
      : [...ownWaits(state), ...taskWaits(state.tasks), ...noticeWaits(wantedNotices(state))],
    tasks: state.tasks,
    claims: [],
  };
}

function title({ form }: LockOrderState): string {
  if (!form) return '';
  const subject = form.organisation || form.number;
  return subject === undefined ? form.action : `${subject}: ${form.action}`;
}

function ownWaits({ status, since = '', form, reception }: LockOrderState): Wait[] {
  if (status === 'APPROVED') return [{ kind: 'SYSTEM', owner: 'Org eID', what: 'CARRY_OUT', since }];
  if (status !== 'RETURNED') return [];
  const owner = form?.authority?.contact.name || reception?.name || reception?.unit || '';
  return [{ kind: 'PERSON', owner, what: 'SUPPLEMENT', since }];
}
