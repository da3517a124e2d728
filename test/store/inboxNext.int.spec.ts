import { describe, expect, it } from 'vitest';
import { mayClaim, type Onlooker } from '../../domain/inbox/sight.ts';
import { choices } from '../../domain/testing/random.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Task } from '../../schemas/task.ts';
import { type NextQuery, nextTask } from '../../store/inbox/next.ts';
import { openPool } from '../../store/pool.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, task, useStore, viewing } from './support.ts';

const fourEyes: CasePolicy['fourEyes'] = [
  ['VERIFY', 'CONFIRM'],
  ['PROPOSE', 'DECIDE'],
];
const due = (day: number) => `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`;

describe('the next task', () => {
  const store = useStore();
  let n = 0;

  function place() {
    n += 1;
    const own = `CAX-${n}`;
    const unitPath = [own, `PC06-${n}`, 'C06'];
    const officer = (id: string): Onlooker => ({
      id: `${id}-${n}`,
      roles: ['VERIFICATION_OFFICER'],
      unit: own,
    });
    const here = (id: string, more: Partial<Task> = {}) => task(id, { units: [own], unitPath, ...more });
    return { own, unitPath, officer, here };
  }

  async function open(...tasks: Task[]): Promise<string> {
    const stream = newStream();
    await createRecorder(store.pool(), projections).record(note(stream, 0, viewing({ tasks })));
    return stream;
  }

  const next = (person: Onlooker, query: Partial<NextQuery> = {}) =>
    nextTask(store.pool(), person, { fourEyes, ...query });
  const nextId = async (...args: Parameters<typeof next>) => (await next(...args))?.task.id;

  it('is the earliest due that is free and fits, of the kinds that are asked for', async () => {
    const { officer, here } = place();
    const stream = await open(
      here('none'),
      here('late', { dueAt: due(4), kind: 'RESOLVE_SILENCE' }),
      here('soon', { dueAt: due(3), overdue: true }),
      here('held', { dueAt: due(1), status: 'CLAIMED', holder: { id: 'x', name: 'X' } }),
      here('other', { dueAt: due(1), role: 'RECEPTION_OFFICER' }),
    );
    const offer = await next(officer('a'));
    expect(offer).toMatchObject({ stream, caseVersion: 1, task: { id: 'soon' } });
    expect(Date.parse(offer?.until ?? '')).toBeGreaterThan(Date.now());
    expect(await nextId(officer('b'), { kinds: ['RESOLVE_SILENCE'] })).toBe('late');
    expect(await nextId(officer('c'), { overdue: true })).toBeUndefined(); // the only one was offered to a
    expect(await nextId(officer('c'), { dueBefore: due(3) })).toBeUndefined();
  });

  it('is nothing for whoever has no unit or no fitting role', async () => {
    const { own, here } = place();
    await open(here('verify'));
    expect(await nextId({ id: 'a', roles: ['VERIFICATION_OFFICER'] })).toBeUndefined();
    expect(await nextId({ id: 'b', roles: ['RECEPTION_OFFICER', 'AUDITOR'], unit: own })).toBeUndefined();
    expect(await nextId({ id: 'c', roles: ['UNIT_HEAD'], unit: own })).toBeUndefined();
  });

  it('may be for the head what climbed to the unit', async () => {
    const { own, unitPath, here } = place();
    await open(here('verify', { units: [own, unitPath[1] ?? ''] }));
    expect(await nextId({ id: `h-${n}`, roles: ['UNIT_HEAD'], unit: unitPath[1] ?? '' })).toBe('verify');
  });

  it('is none that the same person answers for on the other side of four eyes, however many these are', async () => {
    const { officer, here } = place();
    const both: Onlooker = { ...officer('a'), roles: ['VERIFICATION_OFFICER', 'UNIT_HEAD'] };
    const confirm = (id: string, day: number) =>
      here(id, { kind: 'CONFIRM', role: 'VERIFICATION_OFFICER', dueAt: due(day) });
    const verified = here('verify', { status: 'COMPLETED', responsible: [both.id] });
    for (let i = 0; i < 40; i += 1) await open(verified, confirm(`own-${i}`, 1));
    await open(here('verify', { status: 'COMPLETED', responsible: ['somebody'] }), confirm('free', 9));
    expect(await nextId(both)).toBe('free');
    expect(await nextId(both, { fourEyes: [], except: [] })).toBe('free'); // offered already, and not yet taken
    expect(await nextId(officer('b'))).toMatch(/^own-/);
  });

  it('is the same when asked again, another once it was refused or taken', async () => {
    const { officer, here } = place();
    const me = officer('a');
    const stream = await open(here('first', { dueAt: due(1) }));
    await open(here('second', { dueAt: due(2) }));
    expect(await nextId(me)).toBe('first');
    expect(await nextId(me)).toBe('first');
    expect(await nextId(me, { except: [{ stream, taskId: 'first' }] })).toBe('second');
    expect(await nextId(officer('b'))).toBe('first'); // what was refused to one is for the others
    await createRecorder(store.pool(), projections).record(note(stream, 1, viewing({ tasks: [] })));
    expect(await nextId(officer('b'))).toBeUndefined();
  });

  it('comes back to the others when the time of an offer is over, without anybody cleaning up', async () => {
    const { officer, here } = place();
    await open(here('only'));
    const { until = '' } = (await next(officer('a'), { forMs: 2_000 })) ?? {};
    expect(await nextId(officer('b'))).toBeUndefined();
    await expect.poll(() => nextId(officer('b')), { timeout: 10_000, interval: 20 }).toBe('only');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until) - 50);
    expect(await nextId(officer('a'))).toBeUndefined();
  });

  it('an offer binds nobody: whoever knows the task may still claim it', async () => {
    const { officer, here } = place();
    const stream = await open(here('only'));
    expect(await nextId(officer('a'))).toBe('only');
    const claimed = here('only', { status: 'CLAIMED', holder: { id: 'b', name: 'B' }, version: 1 });
    const answer = await createRecorder(store.pool(), projections).record(
      note(stream, 1, viewing({ tasks: [claimed] })),
    );
    expect(answer.kind).toBe('recorded');
    expect(await nextId(officer('a'))).toBeUndefined();
  });

  it('differs for a hundred colleagues who ask at once', async () => {
    const { officer, here } = place();
    for (let i = 0; i < 30; i += 1) {
      await open(...Array.from({ length: 4 }, (_, k) => here(`t${i}-${k}`, { dueAt: due(1 + (i % 9)) })));
    }
    const pool = openPool(store.url(), { max: 40 });
    try {
      const offers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => nextTask(pool, officer(`o${i}`), { fourEyes })),
      );
      const ids = offers.map((offer) => offer?.task.id);
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(100);
      // Nobody was sent far behind while earlier ones lay free.
      const dues = offers.map((offer) => offer?.task.dueAt ?? '').sort();
      expect(dues.at(-1)).toSatisfy((last: string) => last <= due(8));
    } finally {
      await pool.end();
    }
  });

  it('of one person who asks in many windows at once is never two tasks kept from the others', async () => {
    const { officer, here } = place();
    await open(...Array.from({ length: 8 }, (_, i) => here(`t${i}`, { dueAt: due(1 + i) })));
    await Promise.all(Array.from({ length: 12 }, () => next(officer('a'))));
    const others = await Promise.all(Array.from({ length: 8 }, (_, i) => nextId(officer(`b${i}`))));
    expect(others.filter((id) => id !== undefined)).toHaveLength(7);
  });

  it('leaves nothing behind when the connection breaks in the middle', async () => {
    const { officer, here } = place();
    await open(here('only'));
    const client = await store.pool().connect();
    client.on('error', () => {});
    await client.query('begin');
    expect((await nextTask(client, officer('a'), { fourEyes }))?.task.id).toBe('only');
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await store.pool().query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    client.release(true);
    await expect.poll(() => nextId(officer('b')), { timeout: 10_000, interval: 20 }).toBe('only');
  });

  it('is one that the rules let a person claim, and none only when there is none (seed 5)', async () => {
    const c = choices(5);
    const units = ['CAX-X', 'PC06-X'];
    const roles = ['VERIFICATION_OFFICER', 'UNIT_HEAD', 'C06_OFFICER'] as const;
    const people = Array.from({ length: 6 }, (_, i) => `q${i}`);
    const world = new Map<string, Task[]>();
    for (let i = 0; i < 60; i += 1) {
      const tasks = (['VERIFY', 'CONFIRM', 'PROPOSE', 'DECIDE'] as const).map((kind) => {
        const status = c.one(['OPEN', 'CLAIMED', 'COMPLETED', 'CANCELLED'] as const);
        return task(`${kind}-${i}`, {
          kind,
          status,
          role: c.one(roles),
          units: c.once(2) ? units : units.slice(0, 1),
          unitPath: units,
          dueAt: due(1 + c.below(20)),
          responsible: c.once(2) ? [c.one(people) ?? ''] : [],
          ...(status === 'CLAIMED' ? { holder: { id: 'x', name: 'X' } } : {}),
        });
      });
      world.set(await open(...tasks), tasks);
    }
    for (const id of people) {
      const person: Onlooker = { id, roles: [c.one(roles), c.one(roles)], unit: c.one(units) ?? '' };
      const claimable = [...world].flatMap(([stream, tasks]) =>
        tasks
          .filter((one) => mayClaim(one, tasks, person, { fourEyes }))
          .map((one) => `${one.dueAt} ${one.openedAt} ${stream} ${one.id}`),
      );
      const offered: string[] = [];
      while (true) {
        const offer = await next(person, {
          forMs: 1,
          except: offered.map((key) => ({
            stream: key.split(' ')[2] ?? '',
            taskId: key.split(' ')[3] ?? '',
          })),
        });
        if (!offer) break;
        offered.push(`${offer.task.dueAt} ${offer.task.openedAt} ${offer.stream} ${offer.task.id}`);
      }
      expect(offered).toEqual(claimable.sort());
    }
  });
});
