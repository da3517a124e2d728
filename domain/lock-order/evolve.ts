import type { LockOrderState } from '../../schemas/lock-order.ts';
import { evolveNotices, isNoticeEvent } from '../notice/notice.ts';
import { evolveTasks, isTaskEvent } from '../task/evolve.ts';
import { isCarriedOut } from './outcome.ts';
import type { Event } from './state.ts';

/** The state of an order after one more event; never refuses what the log holds. */
export function evolveLockOrder(state: LockOrderState, event: Event): LockOrderState {
  if (isTaskEvent(event)) return { ...state, tasks: evolveTasks(state.tasks, event) };
  if (isNoticeEvent(event)) return { ...state, notices: evolveNotices(state.notices, event) };
  const next = evolveOwn(state, event);
  return next.status === state.status ? next : { ...next, since: event.at };
}

function evolveOwn(state: LockOrderState, event: Event): LockOrderState {
  switch (event.type) {
    case 'LockOrderFiled': {
      const { policyVersion, channel, form, reception } = event.data;
      return { ...state, status: 'RECEIVED', policyVersion, channel, form, reception };
    }
    case 'LockOrderResubmitted':
      return { ...state, status: 'RECEIVED', form: event.data.form, missing: [] };
    case 'LockOrderReceived':
    case 'LockOrderSentBack':
      return { ...state, status: 'RECEIVED' };
    case 'LockOrderReturned':
      return { ...state, status: 'RETURNED', missing: event.data.missing };
    case 'LockOrderForwarded':
      return { ...state, status: 'FORWARDED' };
    case 'LockOrderApproved': {
      const { ground } = event.data;
      return { ...state, status: 'APPROVED', round: 1, ...(ground === undefined ? {} : { ground }) };
    }
    case 'LockOrderRefused':
      return { ...state, status: 'REFUSED', reasons: event.data.reasons };
    case 'LockOrderWithdrawn':
      return { ...state, status: 'WITHDRAWN' };
    case 'OrderOutcomeRecorded': {
      const { outcome } = event.data;
      return { ...state, status: isCarriedOut(outcome) ? 'CARRIED_OUT' : 'UNRESOLVED', outcome };
    }
    case 'LockOrderRetried':
      return { ...state, status: 'APPROVED', round: event.data.round };
    case 'LockOrderEnded':
      return { ...state, status: 'ENDED', reasons: event.data.reasons };
    default:
      return state;
  }
}
