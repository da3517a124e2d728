import type { LockOrderCommand, LockOrderEvent, LockOrderState } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Decider } from '../decider.ts';
import { decideLockOrder } from './decide.ts';
import { type LockOrderEffect, lockOrderDeadline, lockOrderEffects } from './effects.ts';
import { evolveLockOrder } from './evolve.ts';
import { initialLockOrder } from './state.ts';
import { viewLockOrder } from './view.ts';

/** An authority's order to lock or unlock an account (form TK03) as a case: Decision 5709/QĐ-BCA-C06, Part II.B.A.2. */
export const lockOrder = (
  stream: string,
  policy: CasePolicy,
): Decider<LockOrderState, LockOrderCommand, LockOrderEvent, LockOrderEffect> => ({
  initial: initialLockOrder(stream),
  decide: (command, state, now) => decideLockOrder(command, state, now, policy),
  evolve: evolveLockOrder,
  deadline: lockOrderDeadline,
  effects: lockOrderEffects,
  view: viewLockOrder,
});
