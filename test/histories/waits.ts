import { account } from '../../domain/account/index.ts';
import type { Body, Decider } from '../../domain/decider.ts';
import { lockOrder } from '../../domain/lock-order/index.ts';
import { registration } from '../../domain/registration/index.ts';
import { ACCOUNT, OPENED } from '../../domain/testing/accounts.ts';
import { STREAM } from '../../domain/testing/answers.ts';
import { FILED, ORDER } from '../../domain/testing/lock-orders.ts';
import { decree, decreeWith } from '../../domain/testing/policy.spec.ts';
import { type Choices, choices } from '../../domain/testing/random.ts';
import { randomAccountMove } from '../../domain/testing/random-accounts.ts';
import { randomLockOrderMove } from '../../domain/testing/random-lock-orders.ts';
import { services } from '../../domain/testing/random-locks.ts';
import { randomRequestMove } from '../../domain/testing/random-requests.ts';
import { randomVerificationMove } from '../../domain/testing/random-verifications.ts';
import { START } from '../../domain/testing/requests.ts';
import { type Move, simulate, type Walk } from '../../domain/testing/simulate.ts';
import { ASKED, VERIFICATION } from '../../domain/testing/verifications.ts';
import { toMs } from '../../domain/time.ts';
import { verification } from '../../domain/verification/index.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { pointsOf, standingOf } from './standing.ts';

const WALKS = 150;
const STEPS = 30;
/** The Decree, and the Decree with services that must obey a lock. */
const policies: readonly CasePolicy[] = [
  decree,
  decreeWith({ relyingServices: services, acknowledgeWithinMs: 30_000 }),
];
const afterEnd = new Set(['OrderAnswered', 'LockAcknowledged']);

function walked<S, C extends Body, E extends Body>(
  type: CaseType,
  decider: Decider<S, C, E>,
  begins: string,
  move: (c: Choices, walk: Walk<S, E>) => Move<C>,
): Set<string> {
  const met = new Set<string>();
  const inspect = (_: readonly E[], { state, history }: Walk<S, E>) => {
    if (history.length === 0) return;
    for (const point of pointsOf(standingOf(type, state))) met.add(`${type}: ${point}`);
  };
  for (let seed = 0; seed < WALKS; seed += 1) {
    const c = choices(seed);
    const moves = Array.from({ length: STEPS }, () => (at: Walk<S, E>) => move(c, at));
    simulate({ decider, start: toMs(begins), ofSystem: new Set(), inspect, afterEnd }, moves);
  }
  return met;
}

/**
 * Every status in which a case waits, everybody and everything that it waits for, every timer that runs and everything under way
 * meanwhile, as the rules' own random walks meet them: what somebody adds to the rules is in this list the next time.
 */
export function pointsMet(): string[] {
  const all = policies.flatMap((policy) => [
    ...walked('registration', registration(STREAM, policy), START, randomRequestMove),
    ...walked('account', account(ACCOUNT, policy), OPENED, randomAccountMove),
    ...walked('lock-order', lockOrder(ORDER, policy), FILED, randomLockOrderMove),
    ...walked('verification', verification(VERIFICATION, policy), ASKED, randomVerificationMove),
  ]);
  const grounds = decree.lockGrounds.filter(({ enabled }) => enabled);
  return [...new Set([...all, ...grounds.map(({ code }) => `account: ground ${code}`)])].sort();
}
