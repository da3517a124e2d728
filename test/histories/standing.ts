import { accountDeadline, accountEffects, viewAccount } from '../../domain/account/view.ts';
import type { Effect } from '../../domain/decider.ts';
import { lockOrderDeadline, lockOrderEffects } from '../../domain/lock-order/effects.ts';
import { viewLockOrder } from '../../domain/lock-order/view.ts';
import { registrationDeadline, registrationEffects } from '../../domain/registration/effects.ts';
import { viewRegistration } from '../../domain/registration/view.ts';
import { verificationDeadline, verificationEffects } from '../../domain/verification/effects.ts';
import { viewVerification } from '../../domain/verification/view.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { CaseType, CaseView } from '../../schemas/case.ts';
import type { LockOrderState } from '../../schemas/lock-order.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import type { VerificationState } from '../../schemas/verification.ts';

/** What a case's workflow does while the case rests, and whom the case waits for. */
export type Standing = {
  readonly status: string;
  readonly closed: boolean;
  /** `TASK VERIFY`, `REGISTRY TAX`: kind and subject of each wait. */
  readonly waits: readonly string[];
  /** `deadline MarkOverdue`: the command of the timer that runs. */
  readonly deadline?: string;
  /** `effect askRegistry`: the kinds of what is under way. */
  readonly effects: readonly string[];
  /** `ground OWNER_REQUEST`: why an account is locked. */
  readonly grounds: readonly string[];
};

type Parts = {
  readonly view: CaseView;
  readonly deadline: { readonly command: { readonly type: string } } | undefined;
  readonly effects: readonly Effect[];
  readonly grounds: readonly string[];
};

const partsOf: Readonly<Record<CaseType, (state: unknown) => Parts>> = {
  registration: (state) => {
    const of = state as RegistrationState;
    const [deadline, effects] = [registrationDeadline(of), registrationEffects(of)];
    return { view: viewRegistration(of), deadline, effects, grounds: [] };
  },
  account: (state) => {
    const of = state as AccountState;
    const grounds = of.grounds.map(({ code }) => code);
    return { view: viewAccount(of), deadline: accountDeadline(of), effects: accountEffects(of), grounds };
  },
  'lock-order': (state) => {
    const of = state as LockOrderState;
    const [deadline, effects] = [lockOrderDeadline(of), lockOrderEffects(of)];
    return { view: viewLockOrder(of), deadline, effects, grounds: [] };
  },
  verification: (state) => {
    const of = state as VerificationState;
    const [deadline, effects] = [verificationDeadline(of), verificationEffects(of)];
    return { view: viewVerification(of), deadline, effects, grounds: [] };
  },
};

const once = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** How a case of a type stands in a state. */
export function standingOf(type: CaseType, state: unknown): Standing {
  const { view, deadline, effects, grounds } = partsOf[type](state);
  const { status, closed } = view;
  return {
    status,
    closed,
    waits: once(view.waits.map(({ kind, what }) => `${kind} ${what}`)),
    ...(deadline && !closed ? { deadline: `deadline ${deadline.command.type}` } : {}),
    effects: closed ? [] : once(effects.map(({ kind }) => `effect ${kind}`)),
    grounds: once(grounds.map((code) => `ground ${code}`)),
  };
}

/** Everything that a standing is an example of; nothing of a case that has ended. */
export const pointsOf = ({ status, closed, waits, deadline, effects, grounds }: Standing): string[] =>
  closed ? [] : [status, ...waits, ...(deadline === undefined ? [] : [deadline]), ...effects, ...grounds];
