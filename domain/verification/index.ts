import type { CasePolicy } from '../../schemas/policy.ts';
import type {
  VerificationCommand,
  VerificationEvent,
  VerificationState,
} from '../../schemas/verification.ts';
import type { Decider } from '../decider.ts';
import { decideVerification } from './decide.ts';
import { type VerificationEffect, verificationDeadline, verificationEffects } from './effects.ts';
import { evolveVerification } from './evolve.ts';
import { initialVerification } from './state.ts';
import { viewVerification } from './view.ts';

/** A police unit asks another body about an organisation, and waits for its answer (S30, S31), as a case. */
export const verification = (
  stream: string,
  policy: CasePolicy,
): Decider<VerificationState, VerificationCommand, VerificationEvent, VerificationEffect> => ({
  initial: initialVerification(stream),
  decide: (command, state, now) => decideVerification(command, state, now, policy),
  evolve: evolveVerification,
  deadline: verificationDeadline,
  effects: verificationEffects,
  view: viewVerification,
});
