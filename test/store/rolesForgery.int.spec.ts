import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { canonical } from '../../store/body.ts';
import { openPool } from '../../store/pool.ts';
import { readHead } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import type { GrantedRole } from '../../store/roles/roles.ts';
import { warnOfOwner } from '../../store/roles/warn.ts';
import { verifyLog } from '../../store/verify.ts';
import { readings } from './accessEntries.ts';
import { loginsOf, NO_RIGHT, PROTECTED } from './logins.ts';
import { collect, newStream, note, projections, useStore } from './support.ts';

const AT = '2026-03-02T01:00:00.000Z';

/** The columns that whoever appends may choose, as they agree with one another. */
function eventOf(stream: string, version: number) {
  const commandId = randomUUID();
  const body = canonical({ stream, version, type: 'Noted', data: {}, at: AT, commandId });
  return { stream, version, type: 'Noted', command_id: commandId, at: AT, body };
}

const insert = (db: pg.Pool, row: Readonly<Record<string, unknown>>) =>
  db.query(
    `insert into orgeid.events (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
    Object.values(row),
  );

describe('what no right can say, the log says itself', () => {
  const store = useStore();
  const pools = new Map<GrantedRole, pg.Pool>();
  const as = (role: GrantedRole): pg.Pool => {
    const pool = pools.get(role);
    if (!pool) throw new Error(`no pool for ${role}`);
    return pool;
  };
  const writer = () => as('orgeid_writer');
  const record = () => createRecorder(writer(), projections).record;

  beforeAll(async () => {
    const urls = await loginsOf(store.url());
    for (const [role, url] of Object.entries(urls)) pools.set(role as GrantedRole, openPool(url));
  });
  afterAll(() => Promise.all([...pools.values()].map((pool) => pool.end())));

  it('the writer appends, with read models, claims and numbers', async () => {
    const stream = newStream('account');
    const view = { claims: [`code:${stream}`] };
    const given = {
      events: [
        { type: 'Noted', data: { view } },
        { type: 'Noted', data: {} },
      ],
    };
    expect(await record()(note(stream, 0, given))).toEqual({ kind: 'recorded', version: 2 });
    const gone = { events: [{ type: 'Noted', data: { view: { claims: [] } } }] };
    expect(await record()(note(stream, 2, gone))).toEqual({ kind: 'recorded', version: 3 });
    expect(await verifyLog(writer())).toMatchObject({ whole: true });
    expect(await collect(refoldAll(as('orgeid_auditor'), projections))).toEqual([]);
  });

  it('the events of one append have one moment, so that no replay ends between them', async () => {
    const stream = newStream();
    const events = [1, 2, 3].map(() => ({ type: 'Noted', data: {} }));
    await record()(note(stream, 0, { events }));
    const { rows } = await writer().query(
      'select count(*)::integer as events, count(distinct recorded_at)::integer as moments from orgeid.events where stream = $1',
      [stream],
    );
    expect(rows).toEqual([{ events: 3, moments: 1 }]);
  });

  it('an event that is inserted by hand stands where the log puts it, and the chain is whole', async () => {
    const { position } = await readHead(writer());
    const before = new Date();
    await insert(writer(), eventOf(newStream(), 1));
    const { rows } = await writer().query<{ recorded_at: Date }>(
      'select recorded_at from orgeid.events where position = $1',
      [position + 1],
    );
    expect(rows[0]?.recorded_at.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1);
    expect(await verifyLog(writer())).toMatchObject({ whole: true, position: position + 1 });
  });

  it('hands and appends at once leave no gap', async () => {
    const { position } = await readHead(writer());
    const hands = Array.from({ length: 20 }, () => insert(writer(), eventOf(newStream(), 1)));
    const appends = Array.from({ length: 20 }, () => record()(note(newStream(), 0)));
    await Promise.all([...hands, ...appends]);
    expect(await verifyLog(writer())).toMatchObject({ whole: true, position: position + 40 });
  });

  it.each([
    ['a position', { position: 1_000_000 }],
    ['a moment', { recorded_at: '2020-01-01T00:00:00Z' }],
    ['a hash', { hash: Buffer.alloc(32) }],
    ['the hash before', { prev_hash: Buffer.alloc(32) }],
    ['a version that leaves a gap', { version: 3 }],
    ['a version that is taken', { version: 0 }],
    ['another case in the columns', { stream: newStream() }],
    ['another type', { type: 'Approved' }],
    ['another command', { command_id: 'x' }],
    ['a correlation that the body does not have', { correlation_id: 'x' }],
    ['another time', { at: '2026-03-02T01:00:00.001Z' }],
    ['a version in the body that is not its own', { body: eventOf('registration-x', 2).body }],
  ])('nobody inserts an event with %s, not even the owner', async (_what, change) => {
    const head = await readHead(writer());
    for (const db of [writer(), store.pool()])
      await expect(insert(db, { ...eventOf(newStream(), 1), ...change })).rejects.toMatchObject({
        code: PROTECTED,
      });
    expect(await readHead(writer())).toEqual(head);
  });

  it('an event whose body is no JSON is refused', async () => {
    await expect(insert(writer(), { ...eventOf(newStream(), 1), body: 'no' })).rejects.toThrow(/json/);
  });

  it('nobody moves the head of the log by hand, the owner neither', async () => {
    for (const change of ['position = position + 1', 'position = position', `hash = sha256('x')`]) {
      const sql = `update orgeid.log_head set ${change}`;
      await expect(writer().query(sql)).rejects.toMatchObject({ code: NO_RIGHT });
      await expect(store.pool().query(sql)).rejects.toMatchObject({ code: PROTECTED });
    }
  });

  it('writer and auditor record who read what, in a part that they could not make; the reader cannot', async () => {
    expect(await recordAccess(writer(), 'api', readings(2))).toBe(2);
    expect(await recordAccess(as('orgeid_auditor'), 'audit', readings(3))).toBe(3);
    await expect(recordAccess(as('orgeid_reader'), 'reader', readings(1))).rejects.toMatchObject({
      code: NO_RIGHT,
    });
    expect(await verifyAccessHistory(as('orgeid_auditor'))).toMatchObject({ whole: true, entries: 5 });
    await expect(
      writer().query(`insert into orgeid.access_history select * from orgeid.access_history limit 1`),
    ).rejects.toMatchObject({ code: NO_RIGHT });
    await expect(writer().query(`select * from orgeid.prune_access('2100-01-01')`)).rejects.toMatchObject({
      code: NO_RIGHT,
    });
  });

  it('an auditor’s entry stands in a chain of auditors, never in that of the API', async () => {
    await expect(recordAccess(as('orgeid_auditor'), 'api', readings(1))).rejects.toMatchObject({
      code: PROTECTED,
    });
    await expect(recordAccess(as('orgeid_auditor'), 'mine', readings(1))).rejects.toMatchObject({
      code: PROTECTED,
    });
    for (const own of ['audit-2', 'cli-audit'])
      expect(await recordAccess(as('orgeid_auditor'), own, readings(1))).toBe(1);
    expect(await verifyAccessHistory(as('orgeid_auditor'))).toMatchObject({ whole: true });
  });

  it('a process that connects as the owner is warned of it, one that connects as the writer is not', async () => {
    const warned: object[] = [];
    const log = { warn: (details: object) => void warned.push(details) };
    await warnOfOwner(writer(), log);
    expect(warned).toEqual([]);
    await warnOfOwner(store.pool(), log);
    expect(warned).toEqual([{ login: 'orgeid' }]);
  });

  it('the auditor reads every table to its end', async () => {
    const { rows } = await store.pool().query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'orgeid'::regnamespace and relkind in ('r', 'p')
       and not relispartition`,
    );
    for (const { name } of rows) {
      const count = (db: pg.Pool) => db.query(`select count(*)::integer as n from orgeid.${name}`);
      expect([name, (await count(as('orgeid_auditor'))).rows]).toEqual([
        name,
        (await count(store.pool())).rows,
      ]);
    }
  });
});
