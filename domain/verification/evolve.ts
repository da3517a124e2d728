import type { VerificationState } from '../../schemas/verification.ts';
import { evolveTasks, isTaskEvent } from '../task/evolve.ts';
import type { Event } from './state.ts';

/** The state of a verification after one more event; never refuses what the log holds. */
export function evolveVerification(state: VerificationState, event: Event): VerificationState {
  if (isTaskEvent(event)) return { ...state, tasks: evolveTasks(state.tasks, event) };
  const next = evolveOwn(state, event);
  return next.status === state.status ? next : { ...next, since: event.at };
}

function evolveOwn(state: VerificationState, event: Event): VerificationState {
  switch (event.type) {
    case 'VerificationOpened': {
      const { policyVersion, dueAt, reminders, ...asked } = event.data;
      return { ...state, status: 'SENT', policyVersion, dueAt, reminders, asked };
    }
    case 'VerificationPartAnswered':
      return { ...state, answers: [...state.answers, ...event.data.answers] };
    case 'VerificationAnswered': {
      const { answers, outcome } = event.data;
      return { ...ending(state), status: 'ANSWERED', answers: [...state.answers, ...answers], outcome };
    }
    case 'VerificationRefused':
      return { ...ending(state), status: 'REFUSED', outcome: 'REFUSED', refusal: event.data };
    case 'VerificationWithdrawn':
      return { ...ending(state), status: 'WITHDRAWN', outcome: 'WITHDRAWN' };
    case 'BodyReminded':
      return { ...state, reminded: event.data.number, reminders: state.reminders.slice(1) };
    case 'VerificationOverdue':
      return { ...state, status: 'OVERDUE', reminders: [] };
    case 'VerificationChased':
      return { ...state, status: 'SENT', dueAt: event.data.dueAt };
    case 'OutcomeReported':
      return { ...state, reported: true };
    default:
      return state;
  }
}

/** Nobody is reminded of what has ended. */
const ending = ({ dueAt: _, ...state }: VerificationState): VerificationState => ({
  ...state,
  reminders: [],
});
