import { describe, expect, it } from 'vitest';
import { type Onlooker, viewsOf } from '../../domain/inbox/sight.ts';
import { type Choices, choices } from '../../domain/testing/random.ts';
import { type InboxQuery, InboxView } from '../../schemas/inbox.ts';
import type { Task } from '../../schemas/task.ts';
import { countInbox } from '../../store/inbox/counts.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { createRecorder, type Recorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { collect, newStream, note, projections, tamper, task, useStore, viewing } from './support.ts';

const paths = [
  ['CAX-1', 'PC06-A', 'C06'],
  ['CAX-2', 'PC06-A', 'C06'],
  ['CAX-3', 'PC06-B', 'C06'],
  ['PC06-A', 'C06'],
  ['PC06-B', 'C06'],
  ['C06'],
] as const;
const units = paths.map(([own]) => own);
const roles = [
  'VERIFICATION_OFFICER',
  'RECEPTION_OFFICER',
  'UNIT_HEAD',
  'C06_OFFICER',
  'C06_DIRECTOR',
] as const;
const kinds = ['VERIFY', 'CONFIRM', 'PROPOSE', 'DECIDE'] as const;
const times = [1, 2, 3, 4].map((day) => `2026-03-0${day}T10:00:${day}0.000Z`);

const randomPerson = (c: Choices, n: number): Onlooker => ({
  id: `p${n}`,
  roles: [c.one(roles), ...(c.once(3) ? [c.one(roles)] : [])],
  ...(c.once(12) ? {} : { unit: c.one(units) ?? 'C06' }),
});
const people = (c: Choices) => Array.from({ length: 30 }, (_, n) => randomPerson(c, n));

function randomTask(c: Choices, id: string, version = 0): Task {
  const [own, ...above] = c.one(paths) ?? ['C06'];
  const climbed = c.once(3) ? above.slice(0, 1 + c.below(2)) : [];
  const status = c.one(['OPEN', 'OPEN', 'CLAIMED', 'CLAIMED', 'COMPLETED', 'CANCELLED'] as const);
  const dueAt = c.once(5) ? undefined : c.one(times);
  return task(id, {
    kind: c.one(kinds),
    role: c.one(roles),
    units: [own, ...climbed],
    unitPath: [own, ...above],
    status,
    overdue: c.once(4),
    openedAt: c.one(times) ?? '',
    version,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(status === 'CLAIMED' ? { holder: { id: `p${c.below(30)}`, name: 'X' } } : {}),
  });
}

type World = Map<string, { version: number; tasks: Task[] }>;

/** Opens cases with random tasks and then changes some of the tasks at random. */
async function live(c: Choices, recorder: Recorder, world: World): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    const old = c.once(2) ? c.one([...world.keys()]) : undefined;
    const stream = old ?? newStream();
    const before = world.get(stream) ?? { version: 0, tasks: [] };
    const kept = before.tasks.filter(() => c.below(10) > 0);
    const tasks = [
      ...kept.map((one) => (c.once(2) ? randomTask(c, one.id, one.version + 1) : one)),
      ...(c.once(2) || kept.length === 0 ? [randomTask(c, `t${before.version}`)] : []),
    ];
    await recorder.record(note(stream, before.version, viewing({ tasks })));
    world.set(stream, { version: before.version + 1, tasks });
  }
}

type Asked = Omit<InboxQuery, 'view' | 'limit' | 'after'>;

const randomFilters = (c: Choices): Asked => ({
  ...(c.once(3) ? { kinds: [c.one(kinds), c.one(kinds)] } : {}),
  ...(c.once(3) ? { overdue: c.once(2) } : {}),
  ...(c.once(3) ? { free: c.once(2) } : {}),
  ...(c.once(3) ? { dueBefore: c.one(times) ?? '' } : {}),
  ...(c.once(4) ? { openedBefore: c.one(times) ?? '' } : {}),
});

const asked = (one: Task, { kinds: wanted, overdue, free, dueBefore, openedBefore }: Asked): boolean =>
  (wanted?.includes(one.kind) ?? true) &&
  (overdue === undefined || one.overdue === overdue) &&
  (free === undefined || (one.status === 'OPEN') === free) &&
  (dueBefore === undefined || (one.dueAt !== undefined && one.dueAt < dueBefore)) &&
  (openedBefore === undefined || one.openedAt < openedBefore);

describe('inboxes as a whole', () => {
  const store = useStore();
  const world: World = new Map();
  const recorder = () => createRecorder(store.pool(), projections);

  const expected = (person: Onlooker, view: InboxView, filters: Asked) =>
    [...world]
      .flatMap(([stream, { tasks }]) => tasks.map((one) => ({ stream, one })))
      .filter(({ one }) => viewsOf(one, person).includes(view) && asked(one, filters))
      .map(({ stream, one }) => `${one.dueAt ?? 'x'} ${one.openedAt} ${stream} ${one.id}`)
      .sort();

  async function listed(person: Onlooker, view: InboxView, filters: Asked, limit: number) {
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const page = await listInbox(store.pool(), person, {
        view,
        limit,
        ...filters,
        ...(after === undefined ? {} : { after }),
      });
      keys.push(
        ...page.items.map(
          ({ stream, task: one }) => `${one.dueAt ?? 'x'} ${one.openedAt} ${stream} ${one.id}`,
        ),
      );
      after = page.next;
    } while (after !== undefined);
    return keys;
  }

  it.each([11, 12, 13])(
    'show each person exactly the tasks that the rules let them see, and count them (seed %i)',
    async (seed) => {
      const c = choices(seed);
      await live(c, recorder(), world);
      let shown = 0;
      for (const person of people(c)) {
        for (const view of InboxView.options) {
          const filters = randomFilters(c);
          const wanted = expected(person, view, filters);
          expect(await listed(person, view, filters, 1 + c.below(9))).toEqual(wanted);
          shown += wanted.length;

          const { dueBefore: _, openedBefore: __, ...countable } = filters;
          const soonBefore = c.one(times) ?? '';
          const all = expected(person, view, countable).length;
          const counts = await countInbox(store.pool(), person, { view, soonBefore, ...countable });
          expect(counts.total).toBe(all);
          expect(counts.kinds.reduce((sum, { total }) => sum + total, 0)).toBe(all);
          expect(counts.dueSoon).toBe(
            countable.overdue
              ? 0
              : expected(person, view, { ...countable, overdue: false, dueBefore: soonBefore }).length,
          );
          expect(counts.free).toBe(
            countable.free === false ? 0 : expected(person, view, { ...countable, free: true }).length,
          );
        }
      }
      expect(shown).toBeGreaterThan(50);
    },
  );

  it('are the fold of the log', async () => {
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
  });

  async function whileTampered(change: string, undo: string) {
    await tamper(store.url(), change);
    try {
      return await collect(refoldAll(store.pool(), projections));
    } finally {
      await tamper(store.url(), undo);
    }
  }

  it('are found out when a row, a counter, a position or a search term says something else', async () => {
    const { rows } = await store
      .pool()
      .query(
        'select stream, task_id, lane, due_key from orgeid.inbox order by stream, task_id, lane limit 1',
      );
    const { stream, task_id: key } = rows[0];
    const mine = `where stream = '${stream}'`;
    const cases: [string, string, object[]][] = [
      [
        `create table orgeid.gone as select * from orgeid.inbox ${mine} and task_id = '${key}' and lane = ${rows[0].lane};
         delete from orgeid.inbox ${mine} and task_id = '${key}' and lane = ${rows[0].lane}`,
        'insert into orgeid.inbox select * from orgeid.gone; drop table orgeid.gone',
        [{ stream, what: 'PLACE', key }, { what: 'COUNT' }],
      ],
      [
        `update orgeid.lane_counts set n = n + 1 where lane = ${rows[0].lane}`,
        `update orgeid.lane_counts set n = n - 1 where lane = ${rows[0].lane}`,
        [{ what: 'COUNT' }],
      ],
      [
        `update orgeid.tasks set position = position + 1000000 ${mine} and task_id = '${key}'`,
        `update orgeid.tasks set position = position - 1000000 ${mine} and task_id = '${key}'`,
        [{ stream, what: 'TASK', key }],
      ],
      [
        `update orgeid.case_terms set terms = terms || 'x'::tsvector ${mine}`,
        `update orgeid.case_terms set terms = ts_delete(terms, 'x') ${mine}`,
        [{ stream, what: 'SEARCH', key: 'terms' }],
      ],
      [
        `insert into orgeid.case_codes values ('${stream}', 'x')`,
        `delete from orgeid.case_codes ${mine} and code = 'x'`,
        [{ stream, what: 'SEARCH', key: 'codes' }],
      ],
      [
        `insert into orgeid.case_codes values ('registration-lost', 'x')`,
        `delete from orgeid.case_codes where stream = 'registration-lost'`,
        [{ stream: 'registration-lost', what: 'SEARCH', key: 'codes', found: 'a row without events' }],
      ],
    ];
    for (const [change, undo, found] of cases) {
      const differences = await whileTampered(change, undo);
      for (const one of found) expect(differences).toContainEqual(expect.objectContaining(one));
    }
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
  });
});
