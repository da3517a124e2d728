import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../schemas/case.ts';
import { readStream } from '../../store/read.ts';
import { type Answer, type Caller, callerAs, problem } from '../support/http.ts';
import { send, streamOf } from '../support/play.ts';
import { filingOf, officer, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const TASKS = 50;
const OFFICERS = 25;
const COMMANDS = 1_000;

const every = Array.from({ length: TASKS }, (_, i) => i + 1);
const system = useSystem({
  organisations: TASKS,
  absent: new Set(every),
  workers: 2,
  api: { ORGEID_RATE_PER_MINUTE: '1000000', ORGEID_COMMAND_DEADLINE_MS: '120000' },
});

/** The same rush each time: a linear congruential generator (Numerical Recipes). */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

type Deed = { readonly stream: string; readonly who: string; readonly kind: string; readonly to?: string };
type Done = Deed & { readonly key: string; readonly answer: Answer };

function rush(): Deed[] {
  const roll = dice(20_240_625);
  const someone = () => officer(roll(OFFICERS) + 1).id;
  return Array.from({ length: COMMANDS }, (): Deed => {
    const stream = streamOf(roll(TASKS) + 1);
    const kind = roll(10);
    if (kind < 6) return { stream, who: someone(), kind: 'claim-task' };
    if (kind < 8) return { stream, who: someone(), kind: 'release-task' };
    return { stream, who: officers.head.id, kind: 'reassign-task', to: someone() };
  });
}

/** Who held a task after each of its events. */
function holders(events: readonly LoggedEvent[]): (string | undefined)[] {
  const held: (string | undefined)[] = [];
  let holder: string | undefined;
  for (const { type, data } of events) {
    if (data.taskId !== 'verify-1') continue;
    if (type === 'TaskClaimed') {
      expect(holder, 'a task is claimed while nobody holds it').toBeUndefined();
      holder = (data.holder as { id: string }).id;
    } else if (type === 'TaskReleased') {
      expect(holder).toBeDefined();
      holder = undefined;
    } else if (type === 'TaskReassigned') {
      expect((data.from as { id: string } | undefined)?.id).toBe(holder);
      holder = (data.to as { id: string }).id;
    } else continue;
    held.push(holder);
  }
  return held;
}

describe('a thousand claims, releases and reassignments at once', () => {
  it('leave each of fifty tasks with one holder, and tell every loser who has it', {
    timeout: 400_000,
  }, async () => {
    const { edge, watch, pool } = system();
    if (!edge) throw new Error('the system has no API');
    await Promise.all(
      every.map((n) => send(system(), streamOf(n), registrant(n), 'FileRequest', filingOf(n))),
    );
    await Promise.all(every.map((n) => watch.untilStatus(streamOf(n), 'LOCAL_VERIFICATION')));
    const people = new Map<string, Caller>();
    const as = (id: string): Caller => {
      const known = people.get(id) ?? callerAs(edge, id);
      people.set(id, known);
      return known;
    };

    const done = await Promise.all(
      rush().map(async ({ stream, who, kind, to }, i): Promise<Done> => {
        const key = `rush-${String(i).padStart(4, '0')}`;
        const body = { taskId: 'verify-1', ...(to === undefined ? {} : { to: { id: to } }) };
        const answer = await as(who).post(`/registrations/${stream}/${kind}`, body, { key });
        return { stream, who, kind, key, answer };
      }),
    );

    const logs = new Map(
      await Promise.all(every.map(async (n) => [streamOf(n), await readStream(pool, streamOf(n))] as const)),
    );
    const refusals = new Map<string, number>();
    for (const { stream, who, kind, key, answer } of done) {
      const events = logs.get(stream) ?? [];
      const own = events.filter(({ commandId }) => commandId === key);
      const text = `${who} ${kind} ${stream}: ${answer.status} ${JSON.stringify(answer.body)}`;
      if (answer.status === 200) {
        // Whoever holds a task already and claims it again changes nothing.
        if (kind !== 'claim-task') expect(own, text).toHaveLength(1);
        for (const { by } of own) expect(by.id).toBe(who);
        continue;
      }
      expect(own, text).toEqual([]);
      const { code, details } = problem(answer);
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
      if (kind === 'claim-task') {
        expect(code, text).toBe('EID_ERR_TASK_HELD');
        expect(holders(events)).toContain(details.holder);
        expect(details.holder).not.toBe(who);
      } else expect(['EID_ERR_TASK_NOT_HELD', 'EID_ERR_FORBIDDEN'], text).toContain(code);
    }
    expect(refusals.get('EID_ERR_TASK_HELD')).toBeGreaterThan(0);

    for (const n of every) {
      const stream = streamOf(n);
      const { body } = await as(officers.head.id).get(`/registrations/${stream}`);
      const task = body.state.tasks.find(({ id }: { id: string }) => id === 'verify-1');
      expect(task.holder?.id).toBe(holders(logs.get(stream) ?? []).at(-1));
    }
    await expectTruth(system());
  });
});
