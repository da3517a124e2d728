import type { CommandOf, Fact } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type {
  VerificationCommand,
  VerificationEvent,
  VerificationState,
  VerificationStatus,
} from '../../schemas/verification.ts';
import type { Deciding } from '../deciding.ts';
import { DomainError } from '../error.ts';

export type Command = CommandOf<VerificationCommand>;
export type CommandNamed<T extends VerificationCommand['type']> = Extract<Command, { type: T }>;
export type Event = Fact<VerificationEvent>;
export type Decision = Deciding<VerificationState, VerificationEvent>;
export type Rules = CasePolicy;

export const initialVerification = (stream: string): VerificationState => ({
  stream,
  status: 'NONE',
  policyVersion: '',
  reminders: [],
  reminded: 0,
  answers: [],
  reported: false,
  tasks: [],
});

const ended: readonly VerificationStatus[] = ['ANSWERED', 'REFUSED', 'WITHDRAWN'];

/** Whether there is an outcome; the asking case may not know it yet. */
export const isEnded = ({ status }: VerificationState): boolean => ended.includes(status);

/** Asked, and neither answered nor ended: also once the limit has passed. */
export const isWaiting = ({ status }: VerificationState): boolean =>
  status === 'SENT' || status === 'OVERDUE';

export function outOfPlace(state: VerificationState): DomainError {
  const { stream, status } = state;
  if (status === 'NONE') return new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return new DomainError(isEnded(state) ? 'EID_ERR_CASE_CLOSED' : 'EID_ERR_OUT_OF_PLACE', { stream, status });
}

/**
 * What was asked, while an answer is waited for.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_CASE_CLOSED
 */
export function waitedFor(state: VerificationState) {
  if (!isWaiting(state) || !state.asked) throw outOfPlace(state);
  return state.asked;
}
