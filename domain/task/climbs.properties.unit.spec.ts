import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task, TaskEvent } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';
import { people } from '../testing/people.ts';
import { decreeWith } from '../testing/policy.spec.ts';
import { toInstant, toMs } from '../time.ts';
import { climbsOf } from './climbs.ts';
import { taskDeadlines } from './deadline.ts';
import { decideTask } from './decide.ts';
import { evolveTasks } from './evolve.ts';

const { system, head, verifier } = people;
const START = '2025-03-03T02:00:00.000Z';

const rules = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 9 }).map((n) => `rule-${n}`),
    when: fc.oneof(
      fc.record({ share: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
      fc.record({ after: fc.record({ amount: fc.nat(20), unit: fc.constant('milliseconds' as const) }) }),
    ),
  }),
  { selector: ({ id }) => id, maxLength: 5 },
);
const move = fc.record({
  after: fc.integer({ min: 0, max: 12 }),
  act: fc.constantFrom('WAIT', 'WAIT', 'WAIT', 'CLAIM', 'PERSON_ESCALATES', 'END'),
});

describe('whatever people do with it, a task', () => {
  it('climbs by each rule once, at its time, in order, never after its end, and only up its path', () => {
    const far = { ended: 0, all: 0, tied: 0, byPeople: 0 };
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: -3, max: 20 }),
        fc.array(move, { maxLength: 15 }),
        (escalation, limit, moves) => {
          const policy = decreeWith({ escalation });
          const unitPath = ['CAX-LAM-SON', 'PC06-HUNG-YEN', 'C06'];
          const opened = toMs(START);
          const dueAt = toInstant(opened + limit);
          const climbs = climbsOf({ kind: 'VERIFY', above: 2, openedAt: opened, dueAt }, policy) ?? [];
          const role = 'VERIFICATION_OFFICER' as const;
          const by = { id: system.id, name: system.name };
          const data = {
            taskId: 't',
            kind: 'VERIFY' as const,
            role,
            unit: 'CAX-LAM-SON',
            unitPath,
            dueAt,
            climbs,
          };
          let tasks: Task[] = evolveTasks([], { type: 'TaskOpened', data, at: START, by });
          let now = opened;
          const log: { readonly event: TaskEvent; readonly at: number }[] = [];
          const take = (events: readonly TaskEvent[]) => {
            for (const event of events) {
              const before = tasks[0]?.units ?? [];
              log.push({ event, at: now });
              tasks = evolveTasks(tasks, { ...event, at: toInstant(now), by });
              const units = tasks[0]?.units ?? [];
              expect(units.slice(0, before.length)).toEqual(before);
              expect(units).toEqual(unitPath.slice(0, units.length));
            }
          };
          const openNow = () => ['OPEN', 'CLAIMED'].includes(tasks[0]?.status ?? '');
          for (const { after: ms, act } of [...moves, { after: 60, act: 'WAIT' as const }]) {
            const until = now + ms;
            for (;;) {
              const [due] = taskDeadlines(tasks).sort((one, other) => one.at - other.at);
              if (!due || due.at > until) break;
              now = Math.max(now, due.at);
              const events = decideTask({ ...due.command, id: 'c', actor: systemActor }, tasks, policy, now);
              expect(events.length).toBeGreaterThan(0);
              take(events);
            }
            now = until;
            const [task] = tasks;
            if (!openNow() || !task) continue;
            const said = { id: 'c', data: { taskId: 't' } };
            if (act === 'CLAIM' && !task.holder)
              take(decideTask({ ...said, type: 'ClaimTask', actor: verifier }, tasks, policy, now));
            if (act === 'PERSON_ESCALATES' && task.units.length < 3)
              take(decideTask({ ...said, type: 'EscalateTask', actor: head }, tasks, policy, now));
            if (act === 'END') take([{ type: 'TaskCancelled', data: { taskId: 't', why: 'END' } }]);
          }
          const end = log.findIndex(({ event }) => event.type === 'TaskCancelled');
          const endedAt = end < 0 ? Number.POSITIVE_INFINITY : (log[end]?.at ?? 0);
          const byRule = log.flatMap(({ event, at }) =>
            event.type === 'TaskEscalated' && event.data.rule !== undefined
              ? [{ rule: event.data.rule, at, cause: event.data.cause }]
              : [],
          );
          const expected = climbs.filter(({ at }) => toMs(at) <= endedAt);
          expect(byRule.map(({ rule }) => rule)).toEqual(expected.map(({ rule }) => rule));
          expect(byRule.map(({ at }) => at)).toEqual(expected.map(({ at }) => Math.max(toMs(at), opened)));
          expect(end < 0 ? [] : log.slice(end + 1)).toEqual([]);
          const marked = log.findIndex(({ event }) => event.type === 'TaskOverdue');
          for (const [i, { event }] of log.entries())
            if (event.type === 'TaskEscalated' && event.data.cause !== 'PERSON')
              expect(event.data.cause).toBe(marked >= 0 && i > marked ? 'OVERDUE' : 'DUE_SOON');
          if (end >= 0) far.ended += 1;
          else if (climbs.length === 2) far.all += 1;
          if (new Set(climbs.map(({ at }) => at)).size < climbs.length) far.tied += 1;
          if (log.some(({ event }) => event.type === 'TaskEscalated' && event.data.cause === 'PERSON'))
            far.byPeople += 1;
        },
      ),
      { seed: 692_024, numRuns: 1500 },
    );
    for (const [what, times] of Object.entries(far)) expect(times, what).toBeGreaterThan(20);
  });
});
