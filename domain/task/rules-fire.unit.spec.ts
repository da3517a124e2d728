import { describe, expect, it } from 'vitest';
import type { CommandOf, Fact } from '../../schemas/case.ts';
import type { CasePolicy, EscalationRule } from '../../schemas/policy.ts';
import { account } from '../account/index.ts';
import type { Body, Decider } from '../decider.ts';
import { systemActor } from '../deciding.ts';
import { lockOrder } from '../lock-order/index.ts';
import { registration } from '../registration/index.ts';
import { ACCOUNT, accounts } from '../testing/accounts.ts';
import { STREAM } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { lockOrders, ORDER } from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { END_OF_15_DAYS, findings, requests } from '../testing/requests.ts';
import { toInstant, toMs } from '../time.ts';
import { climbsOf } from './climbs.ts';
import { isTaskEvent } from './evolve.ts';

const { system } = people;
const DAY = 86_400_000;
const START = '2025-03-03T02:00:00.000Z';

/** Nobody acts: the case meets its own deadlines by its own decider until none is left. */
function leftAlone<S, C extends Body, E extends Body>(
  decider: Decider<S, C, E>,
  past: readonly Fact<E>[],
): Fact<E>[] {
  const history = [...past];
  let state = history.reduce(decider.evolve, decider.initial);
  for (let turn = 0; turn < 100; turn += 1) {
    const due = decider.deadline(state);
    if (!due) return history;
    const command = { ...due.command, id: `deadline-${turn}`, actor: systemActor } as CommandOf<C>;
    const events = decider.decide(command, state, due.at);
    if (events.length === 0) throw new Error(`${due.command.type} came and nothing changed`);
    const by = { id: systemActor.id, name: systemActor.name };
    for (const event of events) {
      const fact = { ...event, at: toInstant(due.at), by };
      history.push(fact);
      state = decider.evolve(state, fact);
    }
  }
  throw new Error('the case never comes to rest');
}

/** What climbed by a rule, as `rule kind`, in cases of every type that are left alone. */
function fired(policy: CasePolicy): Set<string> {
  const request = requests(policy);
  const order = lockOrders(policy);
  const holder = accounts(policy);
  const histories: readonly (readonly Fact<Body>[])[] = [
    ...(['atDesk', 'silent', 'contradicted', 'local', 'withFindings', 'toPropose', 'toDecide'] as const).map(
      (stage) => leftAlone(registration(STREAM, policy), request[stage]().history),
    ),
    ...(['received', 'forwarded', 'unresolved'] as const).map((stage) =>
      leftAlone(lockOrder(ORDER, policy), order[stage]().history),
    ),
    leftAlone(account(ACCOUNT, policy), holder.undelivered().history),
  ];
  return new Set(
    histories.flatMap((history) => {
      const facts = history.filter(isTaskEvent);
      const kinds = new Map(
        facts.flatMap((f) => (f.type === 'TaskOpened' ? [[f.data.taskId, f.data.kind]] : [])),
      );
      return facts.flatMap((f) =>
        f.type === 'TaskEscalated' && f.data.rule !== undefined
          ? [`${f.data.rule} ${kinds.get(f.data.taskId)}`]
          : [],
      );
    }),
  );
}

/** Rules that no case came to; of a rule that names kinds, each kind for which it did not fire. */
function neverFired(escalation: readonly EscalationRule[]): string[] {
  const seen = [...fired(decreeWith({ escalation: [...escalation] }))];
  return escalation.flatMap(({ id, kinds }) =>
    kinds
      ? kinds.map((kind) => `${id} ${kind}`).filter((one) => !seen.includes(one))
      : seen.some((one) => one.startsWith(`${id} `))
        ? []
        : [id],
  );
}

describe('every rule of the policy that is shipped', () => {
  it('fires in a case that goes its own way and that nobody attends to', () => {
    expect(neverFired(decree.escalation)).toEqual([]);
  });

  it('would be named if it could not: for a kind without a limit, for work of the highest unit, or with no unit left', () => {
    const dead: readonly EscalationRule[] = [
      { id: 'no-limit', kinds: ['RECEIVE'], when: { share: 0.5 } },
      { id: 'nobody-above', kinds: ['DECIDE'], when: { share: 0.5 } },
      { id: 'half-dead', kinds: ['VERIFY', 'REVIEW_OWNER'], when: { share: 0.1 } },
      { id: 'no-unit-left', when: { after: { amount: 30, unit: 'calendar_days' } } },
    ];
    expect(neverFired([...decree.escalation, ...dead])).toEqual([
      'no-limit RECEIVE',
      'nobody-above DECIDE',
      'half-dead REVIEW_OWNER',
      'no-unit-left',
    ]);
  });
});

const opening = (openedAt: string, dueAt: string) =>
  ({ kind: 'VERIFY', above: 2, openedAt: toMs(openedAt), dueAt }) as const;
const momentAfter = (amount: number, unit: 'working_days' | 'milliseconds', due: string) =>
  climbsOf(
    opening(START, due),
    decreeWith({ escalation: [{ id: 'late', when: { after: { amount, unit } } }] }),
  )?.[0]?.at;

describe('the moment of a rule', () => {
  it.each([
    [
      'one working day after Tuesday is over, Wednesday is',
      1,
      '2025-03-04T17:00:00.000Z',
      '2025-03-05T17:00:00.000Z',
    ],
    ['over a weekend', 1, '2025-03-07T17:00:00.000Z', '2025-03-10T17:00:00.000Z'],
    ['none after a Friday is that Friday', 0, '2025-03-07T17:00:00.000Z', '2025-03-07T17:00:00.000Z'],
    ['past the calendar, days count as they pass', 3, '2026-12-30T17:00:00.000Z', '2027-01-02T17:00:00.000Z'],
    ['wholly past it as well', 3, '2027-03-01T17:00:00.000Z', '2027-03-04T17:00:00.000Z'],
  ])('%s', (_, amount, due, moment) => {
    expect(momentAfter(amount, 'working_days', due)).toBe(moment);
  });

  it('of a length that no clock shows keeps nobody from opening a task', () => {
    expect(momentAfter(Number.MAX_SAFE_INTEGER, 'milliseconds', END_OF_15_DAYS)).toBe(
      '9999-12-31T23:59:59.999Z',
    );
  });

  it('is none near a limit that was over when the task was opened', () => {
    const request = requests(decree);
    const late = toInstant(toMs(END_OF_15_DAYS) + 20 * DAY);
    const overdue = request.played(
      [{ command: ask(system, 'MarkOverdue'), at: END_OF_15_DAYS }],
      request.local().history,
    );
    const { state } = request
      .given(overdue)
      .when(findings('PASS'), late)
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsRecorded' },
        { type: 'TaskOpened' },
      ]);
    expect(state.tasks.at(-1)).toMatchObject({ kind: 'CONFIRM', climbs: [{ rule: 'long-past-the-limit' }] });
  });
});

it('a task that its case marked before its own time was over is not told to be near its limit', () => {
  const { tasks } = decree;
  const policy = decreeWith({
    tasks: { ...tasks, VERIFY: { ...tasks.VERIFY, limit: { amount: 40, unit: 'calendar_days' } } },
  });
  const history = leftAlone(registration(STREAM, policy), requests(policy).local().history).filter(
    isTaskEvent,
  );
  const marked = history.findIndex(({ type }) => type === 'TaskOverdue');
  const causes = history.slice(marked).flatMap((f) => (f.type === 'TaskEscalated' ? [f.data.cause] : []));
  expect(causes).toEqual(['OVERDUE', 'OVERDUE']);
});
