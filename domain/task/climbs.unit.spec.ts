import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EscalationRule } from '../../schemas/policy.ts';
import type { Task } from '../../schemas/task.ts';
import { ask } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { requests } from '../testing/requests.ts';
import { toInstant, toMs } from '../time.ts';
import { climbsOf } from './climbs.ts';
import { taskDeadlines } from './deadline.ts';
import { decideTask } from './decide.ts';
import { evolveTasks } from './evolve.ts';

const { system } = people;
const request = requests(decree);
const [near, long] = request.local().state.tasks[0]?.climbs ?? [];
const climb = (rule: string) => ask(system, 'EscalateDueTask', { taskId: 'verify-1', rule });
const by = { id: 'system', name: 'system' };

describe('a task near its limit', () => {
  it('climbs to the parent unit by the rule of the policy, and whoever holds it keeps it', () => {
    const held = request.played(
      [{ command: ask(people.verifier, 'ClaimTask', { taskId: 'verify-1' }) }],
      request.local().history,
    );
    const { state } = request
      .given(held)
      .when(climb('near-the-limit'), near?.at ?? '')
      .then([
        {
          type: 'TaskEscalated',
          data: { toUnit: 'PC06-HUNG-YEN', cause: 'DUE_SOON', rule: 'near-the-limit' },
        },
      ]);
    expect(state.tasks[0]).toMatchObject({
      status: 'CLAIMED',
      holder: { id: people.verifier.id },
      units: ['CAX-LAM-SON', 'PC06-HUNG-YEN'],
      overdue: false,
      climbs: [{ rule: 'long-past-the-limit' }],
    });
  });

  it('does so at its moment and not before, once, and by the system alone', () => {
    const before = toInstant(toMs(near?.at ?? '') - 1);
    request.local().when(climb('near-the-limit'), before).thenNothing();
    request
      .local()
      .when(climb('no-such-rule'), near?.at ?? '')
      .thenNothing();
    const once = request.played(
      [{ command: climb('near-the-limit'), at: near?.at ?? '' }],
      request.local().history,
    );
    request
      .given(once)
      .when(climb('near-the-limit'), near?.at ?? '')
      .thenNothing();
    request
      .local()
      .when(ask(people.head, 'EscalateDueTask', { taskId: 'verify-1', rule: 'near-the-limit' }))
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'EscalateDueTask' });
  });
});

describe('a task long past its limit', () => {
  it('climbs once more, as long as there is a unit above', () => {
    const at = long?.at ?? '';
    const first = request.played(
      [{ command: climb('near-the-limit'), at: near?.at ?? '' }],
      request.local().history,
    );
    request
      .given(first)
      .when(climb('long-past-the-limit'), at)
      .then([{ type: 'TaskEscalated', data: { toUnit: 'C06', cause: 'OVERDUE' } }]);
  });

  it('of the highest unit climbs nowhere', () => {
    const opening = { kind: 'DECIDE', above: 0, openedAt: 0, dueAt: toInstant(1_000) } as const;
    expect(climbsOf(opening, decree)).toEqual([]);
  });
});

it('a case under a policy without rules goes one unit up when it falls overdue, as it always did', () => {
  const { escalation: _, ...old } = decree;
  const before = requests(old as typeof decree);
  const { state } = before.local();
  const [task] = state.tasks;
  expect(task).not.toHaveProperty('climbs');
  before
    .local()
    .when(ask(system, 'MarkTaskOverdue', { taskId: 'verify-1' }), task?.dueAt ?? '')
    .then([
      { type: 'TaskOverdue' },
      { type: 'TaskEscalated', data: { toUnit: 'PC06-HUNG-YEN', cause: 'OVERDUE' } },
    ]);
});

const rule = fc.record({
  kinds: fc.option(fc.constant(['VERIFY', 'RECEIVE'] as Task['kind'][]), { nil: undefined }),
  when: fc.oneof(
    fc.record({ share: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
    fc.record({ after: fc.record({ amount: fc.nat(20_000), unit: fc.constant('milliseconds' as const) }) }),
  ),
});
const rules = fc
  .array(rule, { maxLength: 5 })
  .map((all) =>
    all.map(({ kinds, when }, i): EscalationRule => ({ id: `rule-${i}`, when, ...(kinds ? { kinds } : {}) })),
  );

describe('under any rules', () => {
  it('each that applies fires once, in its order, and the task only ever goes up its path', () => {
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 20 }),
        (escalation, limit, steps) => {
          const policy = decreeWith({ escalation });
          const unitPath = ['CAX', 'PC06', 'C06'];
          const dueAt = toInstant(limit);
          const climbs = climbsOf({ kind: 'VERIFY', above: 2, openedAt: 0, dueAt }, policy) ?? [];
          const opened = {
            type: 'TaskOpened',
            data: {
              taskId: 't',
              kind: 'VERIFY',
              role: 'VERIFICATION_OFFICER',
              unit: 'CAX',
              unitPath,
              dueAt,
              climbs,
            },
            at: toInstant(0),
            by,
          } as const;
          let tasks = evolveTasks([], opened);
          const fired: string[] = [];
          let now = 0;
          for (const step of [...steps, 40_000]) {
            now += step;
            for (;;) {
              const due = taskDeadlines(tasks)
                .sort((one, other) => one.at - other.at)
                .find(({ at }) => at <= now);
              if (!due) break;
              const events = decideTask({ ...due.command, id: 'c', actor: system }, tasks, policy, now);
              expect(events.length).toBeGreaterThan(0);
              for (const event of events) {
                if (event.type === 'TaskEscalated' && event.data.rule) fired.push(event.data.rule);
                tasks = evolveTasks(tasks, { ...event, at: toInstant(now), by });
              }
            }
          }
          expect(fired).toEqual(climbs.map((one) => one.rule));
          expect(tasks[0]?.units).toEqual(unitPath.slice(0, 1 + Math.min(fired.length, 2)));
          expect(taskDeadlines(tasks)).toEqual([]);
        },
      ),
      { seed: 20_240_625, numRuns: 400 },
    );
  });
});
