import type { LockOrderEvent, LockOrderForm, LockOrderState } from '../../../schemas/lock-order.ts';
import { only, type Shown, unshown } from './fact.ts';
import { shownNotice, shownNotices } from './notices.ts';
import { shownTask } from './people.ts';

/** An order as the authority follows it. */
export const shownLockOrder = (state: LockOrderState, reader: string): LockOrderState => ({
  ...state,
  tasks: state.tasks.map(shownTask),
  notices: shownNotices(state.notices, reader),
});

/** A form that named another authority is not the reader's. */
const isTheirs = (form: LockOrderForm, reader: string): boolean => form.authority?.contact.id === reader;

export function shownLockOrderEvent(
  event: LockOrderEvent,
  { notices }: LockOrderState,
  reader: string,
): Shown {
  switch (event.type) {
    case 'LockOrderFiled':
      return isTheirs(event.data.form, reader) ? event.data : only(event.data, 'channel', 'reception');
    case 'LockOrderResubmitted':
      return isTheirs(event.data.form, reader) ? event.data : {};
    case 'LockOrderReceived':
    case 'LockOrderReturned': // its note is in the notice
    case 'LockOrderRefused':
    case 'LockOrderWithdrawn':
    case 'OrderOutcomeRecorded':
    case 'LockOrderEnded':
      return event.data;
    case 'LockOrderApproved':
      return only(event.data, 'authority', 'ground');
    case 'LockOrderRetried':
      return only(event.data, 'round');
    case 'LockOrderForwarded':
    case 'LockOrderSentBack':
      return {};
    case 'TaskOpened':
    case 'TaskClaimed':
    case 'TaskReleased':
    case 'TaskReassigned':
    case 'TaskDelegated':
    case 'TaskEscalated':
    case 'TaskOverdue':
    case 'TaskCompleted':
    case 'TaskCancelled':
      return undefined;
    case 'NoticeOrdered':
    case 'NoticeDelivered':
    case 'NoticeChannelFailed':
    case 'NoticeUndeliverable':
    case 'NoticeRetried':
    case 'NoticeHandedOver':
      return shownNotice(event, shownNotices(notices, reader), reader);
    default:
      return unshown(event);
  }
}
