import { account } from '../../domain/account/index.ts';
import type { Body } from '../../domain/decider.ts';
import { lockOrder } from '../../domain/lock-order/index.ts';
import { registration } from '../../domain/registration/index.ts';
import { ACCOUNT, OPENED } from '../../domain/testing/accounts.ts';
import { STREAM } from '../../domain/testing/answers.ts';
import { FILED, ORDER } from '../../domain/testing/lock-orders.ts';
import { decree } from '../../domain/testing/policy.spec.ts';
import { choices } from '../../domain/testing/random.ts';
import { randomAccountMove } from '../../domain/testing/random-accounts.ts';
import { randomLockOrderMove } from '../../domain/testing/random-lock-orders.ts';
import { services } from '../../domain/testing/random-locks.ts';
import { randomRequestMove } from '../../domain/testing/random-requests.ts';
import { randomVerificationMove } from '../../domain/testing/random-verifications.ts';
import { START } from '../../domain/testing/requests.ts';
import { simulate, type Walk } from '../../domain/testing/simulate.ts';
import { ASKED, VERIFICATION } from '../../domain/testing/verifications.ts';
import { toMs } from '../../domain/time.ts';
import { verification } from '../../domain/verification/index.ts';
import { loadPolicy } from '../../policies/load.ts';
import type { CaseType, Fact, LoggedEvent } from '../../schemas/case.ts';
import type { CasePolicy, Policy } from '../../schemas/policy.ts';

const shipped = await loadPolicy();
const pinned: CasePolicy = { ...decree, relyingServices: services, acknowledgeWithinMs: 30_000 };

/** The policy by which random cases are decided: the shipped one, with services that obey locks. */
export const policy: Policy = {
  ...shipped,
  parameters: {
    ...shipped.parameters,
    relyingServices: { ...shipped.parameters.relyingServices, value: services },
    acknowledgeWithinMs: { ...shipped.parameters.acknowledgeWithinMs, value: 30_000 },
  },
};

const walks: Readonly<
  Record<CaseType, { readonly stream: string; walk(seed: number, length: number): readonly Fact<Body>[] }>
> = {
  registration: {
    stream: STREAM,
    walk: (seed, length) => walk(registration(STREAM, pinned), START, randomRequestMove, seed, length),
  },
  account: {
    stream: ACCOUNT,
    walk: (seed, length) => walk(account(ACCOUNT, pinned), OPENED, randomAccountMove, seed, length),
  },
  'lock-order': {
    stream: ORDER,
    walk: (seed, length) => walk(lockOrder(ORDER, pinned), FILED, randomLockOrderMove, seed, length),
  },
  verification: {
    stream: VERIFICATION,
    walk: (seed, length) =>
      walk(verification(VERIFICATION, pinned), ASKED, randomVerificationMove, seed, length),
  },
};

type Simulation = Parameters<typeof simulate>[0];
type Mover = (c: ReturnType<typeof choices>, at: never) => unknown;

function walk(
  decider: unknown,
  start: string,
  move: Mover,
  seed: number,
  length: number,
): readonly Fact<Body>[] {
  const c = choices(seed);
  const simulation = {
    decider,
    start: toMs(start),
    ofSystem: new Set(),
    inspect: () => {},
    afterEnd: new Set(['OrderAnswered', 'OutcomeReported']),
  } as unknown as Simulation;
  const moves = Array.from({ length }, () => (at: Walk<unknown, Body>) => move(c, at as never));
  return simulate(simulation, moves as unknown as Parameters<typeof simulate>[1]).history;
}

/** What happened in a random case, as the log would hold it: recorded a second after it was decided, other cases in between. */
export function randomCase(
  caseType: CaseType,
  seed: number,
  length: number,
): { readonly stream: string; readonly events: readonly LoggedEvent[] } {
  const { stream, walk } = walks[caseType];
  const facts = JSON.parse(JSON.stringify(walk(seed, length))) as readonly Fact<{
    type: string;
    data: Record<string, unknown>;
  }>[];
  const events = facts.map(
    ({ type, data, at, by }, i): LoggedEvent => ({
      position: 3 * i + 1,
      stream,
      version: i + 1,
      type,
      data,
      at,
      by,
      commandId: `c${i}`,
      recordedAt: at.replace(/[.](\d{3})Z$/, '.$1250Z'),
      prevHash: '0'.repeat(64),
      hash: 'a'.repeat(64),
    }),
  );
  return { stream, events };
}
