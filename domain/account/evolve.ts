import type { AccountEvent, AccountState } from '../../schemas/account.ts';
import type { Obedience } from '../../schemas/lock.ts';
import { evolveNotices, isNoticeEvent, withoutOldNotices } from '../notice/notice.ts';
import { evolveTasks, isTaskEvent, withoutOldTasks } from '../task/evolve.ts';
import { evolveInformation } from './information/evolve.ts';
import type { Event } from './state.ts';

/** Settled notices and ended tasks that a state keeps: an account lives for years, and the log has them all. */
const KEPT = 20;

/** The state of an account after one more event; never refuses what the log holds. */
export function evolveAccount(state: AccountState, event: Event): AccountState {
  if (isTaskEvent(event)) return { ...state, tasks: withoutOldTasks(evolveTasks(state.tasks, event), KEPT) };
  if (isNoticeEvent(event))
    return { ...state, notices: withoutOldNotices(evolveNotices(state.notices, event), KEPT) };
  switch (event.type) {
    case 'AccountOpened': {
      const { values: _, ...opened } = event.data;
      return evolveInformation({ ...state, ...opened, status: 'ISSUED', openedAt: event.at }, event);
    }
    case 'ActivationPeriodStarted':
    case 'ActivationPeriodResumed':
      return { ...state, period: event.data.period };
    case 'ActivationReminded':
      return { ...state, reminded: event.data.reminder };
    case 'ActivationFellOverdue':
      return { ...state, status: 'ACTIVATION_OVERDUE' };
    case 'AccountActivated':
      return { ...state, status: 'ACTIVE', activatedAt: event.at };
    case 'LockGroundPlaced':
      return {
        ...state,
        grounds: [...state.grounds, event.data.ground],
        groundsPlaced: state.groundsPlaced + 1,
      };
    case 'LockGroundLifted':
      return { ...state, grounds: state.grounds.filter(({ id }) => id !== event.data.groundId) };
    case 'AccountLocked':
      return locked(state, event.data, event.at);
    case 'AccountUnlocked': {
      const { lockedAt: _, activationClock: __, ...rest } = state;
      return { ...rest, seq: event.data.seq, obedience: [] };
    }
    case 'OrderAnswered':
      return state;
    case 'LockAcknowledged':
      return obeying(state, event.data, 'ACKNOWLEDGED', event.at);
    case 'AcknowledgementOverdue':
      return obeying(state, event.data, 'OVERDUE', event.at);
    case 'AcknowledgementSettled':
      return obeying(state, event.data, 'SETTLED_BY_PERSON', event.at);
    default:
      return evolveInformation(state, event);
  }
}

type AccountLocked = Extract<AccountEvent, { type: 'AccountLocked' }>['data'];

function locked(
  state: AccountState,
  { seq, services, acknowledgeBy, activationClock }: AccountLocked,
  at: string,
) {
  const obedience = services.map(
    (service): Obedience => ({ service, seq, status: 'AWAITED', since: at, dueAt: acknowledgeBy ?? at }),
  );
  return {
    ...state,
    seq,
    lockedAt: at,
    obedience,
    ...(activationClock === undefined ? {} : { activationClock }),
  };
}

const obeying = (
  state: AccountState,
  { service, seq }: Pick<Obedience, 'service' | 'seq'>,
  status: Obedience['status'],
  since: string,
): AccountState => ({
  ...state,
  obedience: state.obedience.map((one) =>
    one.service === service && one.seq === seq ? { ...one, status, since } : one,
  ),
});
