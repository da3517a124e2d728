import type { AccountState } from '../../schemas/account.ts';
import { evolveNotices, isNoticeEvent } from '../notice/notice.ts';
import { evolveTasks, isTaskEvent } from '../task/evolve.ts';
import type { Event } from './state.ts';

/** The state of an account after one more event; never refuses what the log holds. */
export function evolveAccount(state: AccountState, event: Event): AccountState {
  if (isTaskEvent(event)) return { ...state, tasks: evolveTasks(state.tasks, event) };
  if (isNoticeEvent(event)) return { ...state, notices: evolveNotices(state.notices, event) };
  switch (event.type) {
    case 'AccountOpened':
      return { ...state, ...event.data, status: 'ISSUED', openedAt: event.at };
    case 'ActivationPeriodStarted':
      return { ...state, period: event.data.period };
    case 'ActivationReminded':
      return { ...state, reminded: event.data.reminder };
    case 'ActivationFellOverdue':
      return { ...state, status: 'ACTIVATION_OVERDUE' };
    case 'AccountActivated':
      return { ...state, status: 'ACTIVE', activatedAt: event.at };
    default:
      return state;
  }
}
