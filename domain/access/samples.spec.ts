import { loadAccessTable } from '../../policies/access/load.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType, CommandOf } from '../../schemas/case.ts';
import { Role } from '../../schemas/enums.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { account } from '../account/index.ts';
import type { Body, Decider, Effect } from '../decider.ts';
import { lockOrder } from '../lock-order/index.ts';
import { registration } from '../registration/index.ts';
import { ACCOUNT, OPENED } from '../testing/accounts.ts';
import { STREAM } from '../testing/answers.ts';
import { FILED, ORDER } from '../testing/lock-orders.ts';
import { c06, commune, financeOffice, otherCommune, pc06, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { type Choices, choices } from '../testing/random.ts';
import { randomAccountMove } from '../testing/random-accounts.ts';
import { randomLockOrderMove } from '../testing/random-lock-orders.ts';
import { services } from '../testing/random-locks.ts';
import { randomRequestMove } from '../testing/random-requests.ts';
import { staff } from '../testing/random-tasks.ts';
import { randomVerificationMove } from '../testing/random-verifications.ts';
import { START } from '../testing/requests.ts';
import { type Move, simulate, type Walk } from '../testing/simulate.ts';
import { ASKED, VERIFICATION } from '../testing/verifications.ts';
import { toMs } from '../time.ts';
import { verification } from '../verification/index.ts';
import type { Access, BodyOf, StateOf } from './case.ts';

/** The table that comes with the project. In a spec file, since only tests may look up from the domain. */
export const table = loadAccessTable();
export const access: Access = { table, c06Unit: decree.c06Unit };

/** A state that a random walk came to, and the command that was taken there. */
export type Sample<T extends CaseType = CaseType> = {
  readonly caseType: T;
  readonly state: StateOf[T];
  readonly now: number;
  readonly policy: CasePolicy;
  readonly taken?: CommandOf<Body>;
};

const manyServices = decreeWith({ relyingServices: services, acknowledgeWithinMs: 30_000 });
const byOfficers = decreeWith({
  acceptance: { VNEID_APP: 'OFFICER', VNEID_WEB: 'OFFICER', IN_PERSON_TK02: 'OFFICER' },
  noticeChannels: ['SMS'],
});

function walked<T extends CaseType, Event extends Body>(
  caseType: T,
  policy: CasePolicy,
  decider: Decider<StateOf[T], BodyOf[T], Event, Effect>,
  start: string,
  move: (c: Choices, walk: Walk<StateOf[T], Event>) => Move<BodyOf[T]>,
  seed: number,
): Sample<T>[] {
  const c = choices(seed);
  const found: Sample<T>[] = [];
  let taken: CommandOf<Body> | undefined;
  const moves = Array.from({ length: 5 + c.below(35) }, () => (at: Walk<StateOf[T], Event>) => {
    const next = move(c, at);
    taken = next.command;
    return next;
  });
  const end = simulate(
    {
      decider,
      start: toMs(start),
      ofSystem: new Set(),
      afterEnd: new Set(['OrderAnswered']),
      inspect: (_, { state, now }) => {
        found.push({ caseType, state, now, policy, ...(taken ? { taken } : {}) });
      },
    },
    moves,
  );
  return [...found, { caseType, state: end.state, now: end.now, policy }];
}

/** All states of one random walk through a case of each type, with what was taken in them. */
export function samplesOf(seed: number): readonly Sample[] {
  const policy = seed % 3 === 0 ? byOfficers : decree;
  const accountPolicy = seed % 2 === 0 ? manyServices : decree;
  return [
    ...walked('registration', policy, registration(STREAM, policy), START, randomRequestMove, seed),
    ...walked('account', accountPolicy, account(ACCOUNT, accountPolicy), OPENED, randomAccountMove, seed),
    ...walked('lock-order', policy, lockOrder(ORDER, policy), FILED, randomLockOrderMove, seed),
    ...walked(
      'verification',
      policy,
      verification(VERIFICATION, policy),
      ASKED,
      randomVerificationMove,
      seed,
    ),
  ];
}

const elsewhere = ['CAX-DONG-HA', 'PC06-QUANG-TRI', ...c06];
const units: readonly (readonly string[] | undefined)[] = [
  ...[commune, otherCommune, pc06, c06, elsewhere, elsewhere.slice(1), financeOffice],
  undefined,
];
const known = [...Object.values(people), ...staff].map(({ id }) => id);
const roles = Role.options.filter((role) => role !== 'SYSTEM');

/** Anybody at all: known to the case or not, with one to three roles, in some unit or none. */
export function anybody(c: Choices): Actor {
  const path = c.one(units);
  const id = c.once(2) ? (c.one(known) ?? 'x') : `p${c.below(5)}`;
  const held = Array.from({ length: 1 + c.below(3) }, () => c.one(roles) ?? 'REGISTRANT');
  return {
    id,
    name: id,
    roles: [...new Set(held)],
    ...(path ? { unit: path[0] ?? '', unitPath: [...path] } : {}),
  };
}
