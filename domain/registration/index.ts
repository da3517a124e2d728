import type { CasePolicy } from '../../schemas/policy.ts';
import type {
  RegistrationCommand,
  RegistrationEvent,
  RegistrationState,
} from '../../schemas/registration.ts';
import type { Decider } from '../decider.ts';
import { decideRegistration } from './decide.ts';
import { type RegistrationEffect, registrationDeadline, registrationEffects } from './effects.ts';
import { evolveRegistration } from './evolve.ts';
import { initialRegistration } from './state.ts';
import { viewRegistration } from './view.ts';

/** The request for an account (hồ sơ đề nghị cấp tài khoản) as a case: Arts 12, 13 and 16 of Decree 69/2024. */
export const registration = (
  stream: string,
  policy: CasePolicy,
): Decider<RegistrationState, RegistrationCommand, RegistrationEvent, RegistrationEffect> => ({
  initial: initialRegistration(stream),
  decide: (command, state, now) => decideRegistration(command, state, now, policy),
  evolve: evolveRegistration,
  deadline: registrationDeadline,
  effects: registrationEffects,
  view: viewRegistration,
});
