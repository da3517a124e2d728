import type { AccountEvent, AccountState } from '../../../schemas/account.ts';
import { only, type Shown, unshown } from './fact.ts';
import { shownNotice, shownNotices } from './notices.ts';
import { shownContact, shownTask } from './people.ts';

/** An account as its owner sees it: which services obeyed is between them and C06. Notes on grounds are in the notices. */
export function shownAccount(state: AccountState, reader: string): AccountState {
  return {
    ...state,
    ...(state.owner === undefined ? {} : { owner: shownContact(state.owner, reader) }),
    obedience: [],
    tasks: state.tasks.map(shownTask),
    notices: shownNotices(state.notices, reader),
  };
}

export function shownAccountEvent(event: AccountEvent, { notices }: AccountState, reader: string): Shown {
  switch (event.type) {
    case 'AccountOpened':
      return { ...event.data, owner: shownContact(event.data.owner, reader) };
    case 'ActivationPeriodStarted':
    case 'ActivationReminded':
    case 'ActivationFellOverdue':
    case 'ActivationPeriodResumed':
    case 'LockGroundPlaced':
    case 'AccountUnlocked':
    case 'InformationChanged':
    case 'RegistryStatusTaken':
    case 'MergerTaken':
    case 'EndDeclared':
      return event.data;
    case 'AccountActivated':
      return only(event.data, 'through');
    case 'LockGroundLifted':
      return event.data.why === 'OWNER' ? event.data : only(event.data, 'groundId', 'code', 'why');
    case 'AccountLocked':
      return only(event.data, 'seq', 'activationClock');
    case 'EndDeclarationResolved':
      return only(event.data, 'code', 'accepted');
    case 'OwnerReviewed': {
      const { owner } = event.data;
      return owner === undefined ? {} : { owner: shownContact(owner, reader) };
    }
    case 'OrderAnswered':
    case 'LockAcknowledged':
    case 'AcknowledgementOverdue':
    case 'AcknowledgementSettled':
    case 'ChangeConflictNoted':
    case 'ChangeConflictResolved':
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
