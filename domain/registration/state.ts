import type { CommandOf, Fact } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type {
  RegistrationCommand,
  RegistrationEvent,
  RegistrationState,
  RegistrationStatus,
} from '../../schemas/registration.ts';
import type { Deciding } from '../deciding.ts';
import { DomainError } from '../error.ts';

export type Command = CommandOf<RegistrationCommand>;
export type CommandNamed<T extends RegistrationCommand['type']> = Extract<Command, { type: T }>;
export type Event = Fact<RegistrationEvent>;
export type Decision = Deciding<RegistrationState, RegistrationEvent>;
export type Rules = CasePolicy;

export const initialRegistration = (stream: string): RegistrationState => ({
  stream,
  status: 'NONE',
  policyVersion: '',
  consents: [],
  overdue: false,
  round: 0,
  checks: [],
  tasks: [],
  notices: [],
});

const ended: readonly RegistrationStatus[] = ['COMPLETED', 'REFUSED', 'WITHDRAWN'];

/** Whether the request has its outcome; a notice of it may still be under way. */
export const isDecided = (state: RegistrationState): boolean => ended.includes(state.status);

/** Before the Director's decision the registrant may withdraw, and consent may be withdrawn. */
export const isUndecided = (state: RegistrationState): boolean =>
  state.status !== 'NONE' && state.status !== 'ISSUED' && !isDecided(state);

export const outOfPlace = (state: RegistrationState): DomainError =>
  state.status === 'NONE'
    ? new DomainError('EID_ERR_CASE_UNKNOWN', { stream: state.stream })
    : isDecided(state)
      ? new DomainError('EID_ERR_CASE_CLOSED', { stream: state.stream, status: state.status })
      : new DomainError('EID_ERR_OUT_OF_PLACE', { stream: state.stream, status: state.status });

/** @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_CASE_CLOSED or EID_ERR_OUT_OF_PLACE */
export function mustBe(state: RegistrationState, ...statuses: readonly RegistrationStatus[]): void {
  if (!statuses.includes(state.status)) throw outOfPlace(state);
}

/** The filed form with its units; every request past its first event has them. */
export function filed(state: RegistrationState) {
  const { dossier, jurisdiction, channel, registrant, registrantId } = state;
  if (!dossier || !jurisdiction || !channel || !registrant || registrantId === undefined)
    throw outOfPlace(state);
  return { dossier, jurisdiction, channel, registrant, registrantId };
}
