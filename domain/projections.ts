import type { AccountState } from '../schemas/account.ts';
import type { CaseType, CaseView, EventActor } from '../schemas/case.ts';
import type { LockOrderState } from '../schemas/lock-order.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import type { VerificationState } from '../schemas/verification.ts';
import { evolveAccount } from './account/evolve.ts';
import { initialAccount } from './account/state.ts';
import { accountDeadline, accountEffects, viewAccount } from './account/view.ts';
import type { Effect } from './decider.ts';
import { lockOrderDeadline, lockOrderEffects } from './lock-order/effects.ts';
import { evolveLockOrder } from './lock-order/evolve.ts';
import { initialLockOrder } from './lock-order/state.ts';
import { viewLockOrder } from './lock-order/view.ts';
import { registrationDeadline, registrationEffects } from './registration/effects.ts';
import { evolveRegistration } from './registration/evolve.ts';
import { initialRegistration } from './registration/state.ts';
import { viewRegistration } from './registration/view.ts';
import { verificationDeadline, verificationEffects } from './verification/effects.ts';
import { evolveVerification } from './verification/evolve.ts';
import { initialVerification } from './verification/state.ts';
import { viewVerification } from './verification/view.ts';

/** An event of any case, as the log holds it. */
export type AnyFact = {
  readonly type: string;
  readonly data: unknown;
  readonly at: string;
  readonly by: EventActor;
};

/** How a stream of a case type folds and what it shows, without the case's own types. */
export type Projection = {
  initial(stream: string): unknown;
  evolve(state: unknown, fact: AnyFact): unknown;
  view(state: unknown): CaseView;
  deadlineAt(state: unknown): number | undefined;
  effects(state: unknown): readonly Effect[];
};

/** The log holds under each stream only what the case's own `decide` made, so its types may be assumed here. */
const projection = <State, Event>(part: {
  initial(stream: string): State;
  evolve(state: State, event: Event): State;
  view(state: State): CaseView;
  deadline(state: State): { readonly at: number } | undefined;
  effects(state: State): readonly Effect[];
}): Projection => ({
  initial: part.initial,
  evolve: (state, fact) => part.evolve(state as State, fact as Event),
  view: (state) => part.view(state as State),
  deadlineAt: (state) => part.deadline(state as State)?.at,
  effects: (state) => part.effects(state as State),
});

/** Every case type's fold and view: one source for the workflow, the read models, replay and audit. */
export const projections: Readonly<Record<CaseType, Projection>> = {
  registration: projection<RegistrationState, Parameters<typeof evolveRegistration>[1]>({
    initial: initialRegistration,
    evolve: evolveRegistration,
    view: viewRegistration,
    deadline: registrationDeadline,
    effects: registrationEffects,
  }),
  account: projection<AccountState, Parameters<typeof evolveAccount>[1]>({
    initial: initialAccount,
    evolve: evolveAccount,
    view: viewAccount,
    deadline: accountDeadline,
    effects: accountEffects,
  }),
  'lock-order': projection<LockOrderState, Parameters<typeof evolveLockOrder>[1]>({
    initial: initialLockOrder,
    evolve: evolveLockOrder,
    view: viewLockOrder,
    deadline: lockOrderDeadline,
    effects: lockOrderEffects,
  }),
  verification: projection<VerificationState, Parameters<typeof evolveVerification>[1]>({
    initial: initialVerification,
    evolve: evolveVerification,
    view: viewVerification,
    deadline: verificationDeadline,
    effects: verificationEffects,
  }),
};
