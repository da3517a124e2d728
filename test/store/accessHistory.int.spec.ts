import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccessFilters, RecordedAccess } from '../../schemas/access-history.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { reading, readings } from './accessEntries.ts';
import { asAdmin, useStore } from './support.ts';

describe('the access history', () => {
  const store = useStore();
  const db = () => store.pool();
  const ofActor = async (actorId: string) =>
    (await readAccessHistory(db(), { actorId }, 200)).entries.map(({ entry }) => entry);
  const somebody = () => {
    const id = randomUUID();
    return { id, actor: { ...reading().actor, id } };
  };

  it('keeps an entry as it was given, with its place in the chain of its writer', async () => {
    const { id, actor } = somebody();
    const entry = reading({
      actor: { ...actor, issuer: 'https://police.example', clientId: 'screen' },
      action: 'COMMAND',
      command: { type: 'ClaimTask', id: 'key-00001' },
      outcome: { result: 'REFUSED', code: 'EID_ERR_TASK_HELD' },
      remoteAddress: '10.1.2.3',
    });
    expect(await recordAccess(db(), `writer-${id}`, [entry])).toBe(1);
    const { entries } = await readAccessHistory(db(), { actorId: id }, 10);
    expect(entries).toEqual([
      { writer: `writer-${id}`, seq: 1, recordedAt: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/), entry },
    ]);
  });

  it('keeps what was searched for without personal numbers', async () => {
    const { id, actor } = somebody();
    const what = { question: { text: 'Nguyễn Văn A 001099000001', after: 'x' }, results: 2 };
    await recordAccess(db(), 'api', [reading({ actor, action: 'SEARCH', what })]);
    expect((await ofActor(id))[0]?.what).toEqual({
      question: { text: 'Nguyễn Văn A ***', after: true },
      results: 2,
    });
    const { rows } = await db().query("select from orgeid.access_history where body like '%001099000001%'");
    expect(rows).toEqual([]);
  });

  it('keeps an entry once, however often and beside whichever others it is written', async () => {
    const { id, actor } = somebody();
    const [first, second, third] = readings(3, () => ({ actor }));
    if (!first || !second || !third) throw new Error('three were made');
    expect(await recordAccess(db(), 'api', [first, first, second])).toBe(2);
    expect(await recordAccess(db(), 'api', [first, third, second])).toBe(1);
    expect(await recordAccess(db(), 'api', [])).toBe(0);
    const together = await Promise.all(
      Array.from({ length: 10 }, () => recordAccess(db(), 'api', [first, second])),
    );
    expect(together).toEqual(Array(10).fill(0));
    expect(await ofActor(id)).toHaveLength(3);
  });

  it('refuses all of what holds something that is no entry, and writes nothing of it', async () => {
    const { id, actor } = somebody();
    for (const wrong of [
      { at: 'yesterday' },
      { id: 'one' },
      { correlationId: 'a\u0000b' },
      { action: 'PEEK' },
      { outcome: { result: 'REFUSED', code: 'EID_NONE_SUCH' } },
      { password: 'x' },
    ]) {
      const entries = [reading({ actor }), { ...reading({ actor }), ...wrong } as never];
      await expect(recordAccess(db(), 'api', entries)).rejects.toMatchObject({
        code: 'EID_ERR_SHAPE',
      });
    }
    expect(await ofActor(id)).toEqual([]);
  });

  it('is one chain without gaps for each writer, however many write at once', async () => {
    const writers = ['api-1', 'api-2', 'api-3'];
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => recordAccess(db(), writers[i % 3] ?? '', readings(1 + (i % 7)))),
    );
    const verdict = await verifyAccessHistory(db());
    expect(verdict).toMatchObject({ whole: true, faults: [] });
    for (const writer of writers) {
      const { rows } = await db().query(
        'select count(*)::int, max(seq)::int, min(seq)::int from orgeid.access_history where writer = $1',
        [writer],
      );
      const [{ count, max, min }] = rows;
      expect([min, max]).toEqual([1, count]);
      expect(verdict.heads.find((head) => head.writer === writer)?.seq).toBe(count);
    }
  });

  it('takes no change, neither of the whole nor of a part, not even from the owner of the tables', async () => {
    await recordAccess(db(), 'api', [reading()]);
    const { rows } = await db().query(
      "select inhrelid::regclass::text as part from pg_inherits where inhparent = 'orgeid.access_history'::regclass",
    );
    expect(rows.length).toBeGreaterThan(0);
    const history = ['orgeid.access_history', ...rows.map(({ part }) => part)];
    const statements = [
      ...history.flatMap((table) => [
        `update ${table} set actor = 'nobody'`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]),
      'delete from orgeid.access_writers',
      'truncate orgeid.access_writers',
      'update orgeid.access_writers set seq = seq - 1',
      "update orgeid.access_writers set writer = 'x'",
      'update orgeid.access_anchors set seq = 1',
      'delete from orgeid.access_anchors',
      'truncate orgeid.access_anchors',
    ];
    for (const sql of statements)
      await expect(asAdmin(store.url(), (client) => client.query(sql))).rejects.toThrow('EID_ERR_LOG_BROKEN');
  });
});

describe('reading the access history', () => {
  const store = useStore();
  const db = () => store.pool();
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 1, minute)).toISOString();
  const page = (filters: AccessFilters, limit = 200, after?: string) =>
    readAccessHistory(db(), filters, limit, after);
  const all = async (filters: AccessFilters, limit: number) => {
    const found: RecordedAccess[] = [];
    for (let after: string | undefined; ; ) {
      const { entries, next } = await page(filters, limit, after);
      found.push(...entries);
      if (next === undefined) return found;
      after = next;
    }
  };
  const streams = ['registration-a', 'account-a', 'lock-order-a'];
  const entries = readings(60, (i) => ({
    at: at(Math.floor(i / 4)), // four at each moment: their ids order them
    actor: { ...reading().actor, id: `officer-${i % 5}` },
    action: i % 3 === 0 ? 'COMMAND' : 'READ',
    outcome: i % 10 === 0 ? { result: 'REFUSED', code: 'EID_ERR_FORBIDDEN' } : { result: 'DONE' },
    what: { stream: streams[i % 3] ?? '', results: 1 },
  }));
  const newestFirst = entries.toSorted((a, b) =>
    a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1,
  );

  it('gives what was done last first, each entry once over all pages, in whatever order it was written', async () => {
    await recordAccess(db(), 'api-1', entries.slice(0, 30).reverse());
    await recordAccess(db(), 'api-2', entries.slice(30));
    expect((await all({}, 7)).map(({ entry }) => entry)).toEqual(newestFirst);
    expect((await all({}, 60)).map(({ entry }) => entry)).toEqual(newestFirst);
  });

  it.each<[string, AccessFilters, (one: (typeof entries)[number]) => boolean]>([
    ['of one case', { streams: ['account-a'] }, ({ what }) => what.stream === 'account-a'],
    [
      'of an account and its request',
      { streams: ['account-a', 'registration-a'] },
      ({ what }) => what.stream !== 'lock-order-a',
    ],
    ['by one person', { actorId: 'officer-3' }, ({ actor }) => actor.id === 'officer-3'],
    ['of a kind', { actions: ['COMMAND', 'SEARCH'] }, ({ action }) => action === 'COMMAND'],
    ['that was refused', { result: 'REFUSED' }, ({ outcome }) => outcome.result === 'REFUSED'],
    ['from one moment up to another', { from: at(3), to: at(5) }, (one) => one.at >= at(3) && one.at < at(5)],
    [
      'of a case, by a person, from a moment on',
      { streams: ['registration-a'], actorId: 'officer-0', from: at(4) },
      (one) => one.what.stream === 'registration-a' && one.actor.id === 'officer-0' && one.at >= at(4),
    ],
    ['of a case that nobody touched', { streams: ['account-none'] }, () => false],
  ])('finds what was done %s', async (_, filters, fits) => {
    const found = (await all(filters, 5)).map(({ entry }) => entry);
    expect(found).toEqual(newestFirst.filter(fits));
  });

  it('goes on behind a cursor though newer entries came, and takes a cursor for its own question only', async () => {
    const first = await page({ actorId: 'officer-1' }, 3);
    await recordAccess(db(), 'api-1', [
      reading({ at: at(59), actor: { ...reading().actor, id: 'officer-1' } }),
    ]);
    const second = await page({ actorId: 'officer-1' }, 3, first.next);
    const expected = newestFirst.filter(({ actor }) => actor.id === 'officer-1').slice(3, 6);
    expect(second.entries.map(({ entry }) => entry)).toEqual(expected);
    for (const after of [first.next ?? '', 'x'])
      await expect(page({ actorId: 'officer-2' }, 3, after)).rejects.toMatchObject({ code: 'EID_ERR_SHAPE' });
  });
});
