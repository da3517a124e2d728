import type { CommandOf, Fact } from '../../schemas/case.ts';
import type {
  LockOrderCommand,
  LockOrderEvent,
  LockOrderState,
  LockOrderStatus,
} from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Deciding } from '../deciding.ts';
import { DomainError } from '../error.ts';

export type Command = CommandOf<LockOrderCommand>;
export type CommandNamed<T extends LockOrderCommand['type']> = Extract<Command, { type: T }>;
export type Event = Fact<LockOrderEvent>;
export type Decision = Deciding<LockOrderState, LockOrderEvent>;
export type Rules = CasePolicy;

export const initialLockOrder = (stream: string): LockOrderState => ({
  stream,
  status: 'NONE',
  policyVersion: '',
  missing: [],
  round: 0,
  tasks: [],
  notices: [],
});

const ended: readonly LockOrderStatus[] = ['CARRIED_OUT', 'REFUSED', 'WITHDRAWN', 'ENDED'];
const undecided: readonly LockOrderStatus[] = ['RETURNED', 'RECEIVED', 'FORWARDED'];

/** Whether the order has its outcome; a notice of it may still be under way. */
export const isEnded = ({ status }: LockOrderState): boolean => ended.includes(status);

/** Before the Director's decision the order may be withdrawn. */
export const isUndecided = ({ status }: LockOrderState): boolean => undecided.includes(status);

export function outOfPlace(state: LockOrderState): DomainError {
  const { stream, status } = state;
  if (status === 'NONE') return new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return new DomainError(isEnded(state) ? 'EID_ERR_CASE_CLOSED' : 'EID_ERR_OUT_OF_PLACE', { stream, status });
}

/** @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_CASE_CLOSED or EID_ERR_OUT_OF_PLACE */
export function mustBe(state: LockOrderState, ...statuses: readonly LockOrderStatus[]): void {
  if (!statuses.includes(state.status)) throw outOfPlace(state);
}

/** The form with the unit that received it; every order past its first event has them. */
export function filed(state: LockOrderState) {
  const { form, reception } = state;
  if (!form || !reception) throw outOfPlace(state);
  return { form, reception };
}
