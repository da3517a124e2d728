import { describe, expect, it } from 'vitest';
import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxQuery } from '../../schemas/inbox.ts';
import { countInbox } from '../../store/inbox/counts.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, task, useStore, viewing } from './support.ts';

const due = (day: number) => `2026-03-0${day}T10:00:00.000Z`;
const opened = (day: number) => `2026-02-0${day}T01:00:00.000Z`;

describe('an inbox', () => {
  const store = useStore();
  const record = (...args: Parameters<typeof note>) =>
    createRecorder(store.pool(), projections).record(note(...args));
  let unit = 0;

  /** A unit of its own for each test, with its people. */
  function place() {
    unit += 1;
    const own = `CAX-${unit}-A`;
    const unitPath = [own, `PC06-${unit}`, 'C06'];
    const officer: Onlooker = { id: `o-${unit}`, roles: ['VERIFICATION_OFFICER'], unit: own };
    const head: Onlooker = { id: `h-${unit}`, roles: ['UNIT_HEAD'], unit: own };
    const above: Onlooker = { id: `p-${unit}`, roles: ['UNIT_HEAD'], unit: `PC06-${unit}` };
    const here = (id: string, more: Parameters<typeof task>[1] = {}) =>
      task(id, { units: [own], unitPath, ...more });
    return { own, officer, head, above, here };
  }

  async function open(...tasks: ReturnType<typeof task>[]): Promise<string> {
    const stream = newStream();
    await record(stream, 0, viewing({ tasks }));
    return stream;
  }

  async function ids(person: Onlooker, query: Partial<InboxQuery> = {}): Promise<string[]> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await listInbox(store.pool(), person, {
        view: 'unit',
        limit: 2,
        ...query,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.items.map((item) => item.task.id));
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  it('is in order of due time, then of opening, those without a limit last, whatever the page size', async () => {
    const { officer, here } = place();
    await open(here('none', { openedAt: opened(1) }), here('late', { dueAt: due(4), kind: 'CONFIRM' }));
    await open(here('second', { dueAt: due(3), openedAt: opened(3) }));
    await open(here('first', { dueAt: due(3), openedAt: opened(2), overdue: true }));
    const order = ['first', 'second', 'late', 'none'];
    for (const limit of [1, 2, 3, 4, 200]) expect(await ids(officer, { limit })).toEqual(order);
  });

  it('narrows by kind, overdue, due time, age and whether anybody holds it, and by all at once', async () => {
    const { officer, here } = place();
    const holder = { id: 'x', name: 'X' };
    await open(
      here('a', { dueAt: due(2), overdue: true, openedAt: opened(1) }),
      here('b', { dueAt: due(3), kind: 'RESOLVE_SILENCE', openedAt: opened(4) }),
      here('c', { dueAt: due(4), status: 'CLAIMED', holder, openedAt: opened(2) }),
    );
    expect(await ids(officer, { kinds: ['RESOLVE_SILENCE'] })).toEqual(['b']);
    expect(await ids(officer, { overdue: true })).toEqual(['a']);
    expect(await ids(officer, { overdue: false })).toEqual(['b', 'c']);
    expect(await ids(officer, { dueBefore: due(4) })).toEqual(['a', 'b']);
    expect(await ids(officer, { openedBefore: opened(3) })).toEqual(['a', 'c']);
    expect(await ids(officer, { free: false })).toEqual(['c']);
    expect(
      await ids(officer, { free: true, overdue: false, dueBefore: due(9), openedBefore: opened(9) }),
    ).toEqual(['b']);
  });

  it('reads what the answer to a command wrote: opened, claimed, climbed, ended', async () => {
    const { own, officer, head, above, here } = place();
    const stream = await open(here('verify', { dueAt: due(2) }));
    const views = async (person: Onlooker) => [
      await ids(person, { view: 'mine' }),
      await ids(person, { view: 'unit' }),
      await ids(person, { view: 'below' }),
    ];
    const [none, it] = [[], ['verify']];
    expect([await views(officer), await views(head), await views(above)]).toEqual([
      [none, it, none],
      [none, it, none],
      [none, none, it],
    ]);
    const holder = { id: officer.id, name: 'Phạm Văn Dũng' };
    await record(stream, 1, viewing({ tasks: [here('verify', { status: 'CLAIMED', holder, version: 1 })] }));
    expect(await views(officer)).toEqual([it, it, none]);
    const units = [own, above.unit ?? ''];
    await record(stream, 2, viewing({ tasks: [here('verify', { units, overdue: true, version: 2 })] }));
    expect([await views(officer), await views(above)]).toEqual([
      [none, it, none],
      [none, it, it],
    ]);
    await record(stream, 3, viewing({ tasks: [here('verify', { status: 'COMPLETED', version: 3 })] }));
    expect([await views(officer), await views(head), await views(above)]).toEqual(
      Array(3).fill([none, none, none]),
    );
  });

  it('shows the case with each task, and the position from which to follow it', async () => {
    const { officer, here } = place();
    const stream = await open(here('verify'));
    const { items, position } = await listInbox(store.pool(), officer, { view: 'unit', limit: 5 });
    expect(items).toEqual([
      {
        stream,
        caseType: 'registration',
        caseVersion: 1,
        caseStatus: 'Noted',
        title: `Sổ ghi ${stream}`,
        task: here('verify'),
      },
    ]);
    const { rows } = await store.pool().query('select max(position)::integer as head from orgeid.events');
    expect(position).toBe(rows[0]?.head);
    const nobody: Onlooker = { id: 'z', roles: ['VERIFICATION_OFFICER'], unit: 'CAX-NONE' };
    expect(await listInbox(store.pool(), nobody, { view: 'unit', limit: 5 })).toEqual({
      items: [],
      position,
    });
  });

  it('is empty for whoever has no unit, no fitting role, or heads nothing, and so are the counts', async () => {
    const { own, here } = place();
    await open(here('verify'));
    const people: Onlooker[] = [
      { id: 'a', roles: ['UNIT_HEAD', 'VERIFICATION_OFFICER'] },
      { id: 'b', roles: ['RECEPTION_OFFICER', 'AUDITOR', 'SYSTEM', 'SERVICE'], unit: own },
      { id: 'c', roles: ['VERIFICATION_OFFICER'], unit: `PC06-${unit}` },
    ];
    for (const person of people) {
      for (const view of ['mine', 'unit', 'below'] as const) {
        expect(await ids(person, { view })).toEqual([]);
        expect(await countInbox(store.pool(), person, { view, soonBefore: due(9) })).toEqual({
          total: 0,
          free: 0,
          overdue: 0,
          dueSoon: 0,
          kinds: [],
        });
      }
    }
  });

  it('goes on where it was although tasks come and go between two pages: none twice, none that stayed left out', async () => {
    const { officer, here } = place();
    const day = (n: number) => new Date(Date.parse(due(1)) + n * 86_400_000).toISOString();
    for (let n = 0; n < 12; n += 2) await open(here(`t${n}`, { dueAt: day(n) }));
    const seen: string[] = [];
    const coming = [1, 7, 13]; // the first comes before what was read already
    let after: string | undefined;
    do {
      const page = await listInbox(store.pool(), officer, {
        view: 'unit',
        limit: 2,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.items.map((item) => item.task.id));
      after = page.next;
      const n = coming.shift();
      if (n !== undefined) await open(here(`t${n}`, { dueAt: day(n) }));
      const last = page.items.at(-1);
      if (last) await record(last.stream, last.caseVersion, viewing({ tasks: [] }));
    } while (after !== undefined);
    expect(seen).toEqual(['t0', 't2', 't4', 't6', 't7', 't8', 't10', 't13']);
  });

  it('refuses the cursor of another view or other filters, and one that nobody gave out', async () => {
    const { officer, here } = place();
    await open(here('a'), here('b'));
    const { next = '' } = await listInbox(store.pool(), officer, { view: 'unit', limit: 1 });
    const query = { view: 'unit', limit: 1 } as const;
    expect((await listInbox(store.pool(), officer, { ...query, after: next })).items).toHaveLength(1);
    for (const asked of [
      { ...query, overdue: false, after: next },
      { view: 'mine', limit: 1, after: next },
      { ...query, after: 'x' },
      { ...query, after: Buffer.from('["x","infinity","y","z","w"]').toString('base64url') },
    ] as const) {
      await expect(listInbox(store.pool(), officer, asked)).rejects.toMatchObject({ code: 'EID_ERR_SHAPE' });
    }
  });

  it('finds the few tasks of an age among many younger ones, some pages of it empty', async () => {
    const { officer, here } = place();
    const young = Array.from({ length: 700 }, (_, n) =>
      here(`young-${n}`, { dueAt: due(2), openedAt: opened(5) }),
    );
    await open(...young);
    await open(here('old', { dueAt: due(3), openedAt: opened(1) }));
    const first = await listInbox(store.pool(), officer, {
      view: 'unit',
      limit: 10,
      openedBefore: opened(2),
    });
    expect(first.items).toEqual([]);
    expect(first.next).toBeDefined();
    expect(await ids(officer, { limit: 10, openedBefore: opened(2) })).toEqual(['old']);
  });

  it('counts by kind what its list shows, and what is due soon to the instant', async () => {
    const { officer, here } = place();
    const holder = { id: officer.id, name: 'X' };
    const exact = '2026-03-02T10:00:30.000Z';
    await open(
      here('a', { dueAt: exact }),
      here('b', { dueAt: due(1), overdue: true }),
      here('c', { status: 'CLAIMED', holder, dueAt: due(2) }),
      here('d', { kind: 'RESOLVE_SILENCE' }),
    );
    const counts = (soonBefore: string, view: 'unit' | 'mine' = 'unit') =>
      countInbox(store.pool(), officer, { view, soonBefore });
    expect(await counts(exact)).toEqual({
      total: 4,
      free: 3,
      overdue: 1,
      dueSoon: 1,
      kinds: [
        { kind: 'RESOLVE_SILENCE', total: 1, free: 1, overdue: 0, dueSoon: 0 },
        { kind: 'VERIFY', total: 3, free: 2, overdue: 1, dueSoon: 1 },
      ],
    });
    expect((await counts('2026-03-02T10:00:30.001Z')).dueSoon).toBe(2);
    expect((await counts(due(2))).dueSoon).toBe(0);
    expect(await counts(exact, 'mine')).toMatchObject({ total: 1, free: 0, dueSoon: 1 });
  });
});
