import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { AccessEntry } from '../../schemas/access-history.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { type AccessWriterSettings, createAccessWriter } from '../../store/access-history/writer.ts';
import { openPool, type Queryable } from '../../store/pool.ts';
import { reading, readings } from './accessEntries.ts';
import { asAdmin, useStore } from './support.ts';

const unavailable = { code: 'EID_ERR_UNAVAILABLE' };

/** A log that keeps its lines. */
function lines() {
  const kept: { msg: string; level: number; entry?: AccessEntry }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void kept.push(JSON.parse(line)) });
  return { log, said: () => kept.map(({ msg }) => msg), kept };
}

describe('a writer of the access history', () => {
  const store = useStore();
  const writer = (more: Partial<AccessWriterSettings> = {}) =>
    createAccessWriter({ pool: store.pool(), log: lines().log, name: randomUUID(), ...more });
  const byOne = (count: number) => {
    const actor = { ...reading().actor, id: randomUUID() };
    return readings(count, () => ({ actor }));
  };
  const idsOf = async ([entry]: readonly AccessEntry[]) => {
    const { rows } = await asAdmin(store.url(), (client) =>
      client.query<{ id: string }>('select id from orgeid.access_history where actor = $1', [
        entry?.actor.id,
      ]),
    );
    return rows.map(({ id }) => id).sort();
  };
  const ids = (entries: readonly AccessEntry[]) => entries.map(({ id }) => id).sort();
  const counting = (): Queryable & { statements: number } => {
    const db = {
      statements: 0,
      query: (...args: unknown[]) => {
        db.statements += 1;
        return Reflect.apply(store.pool().query, store.pool(), args);
      },
    };
    return db as unknown as Queryable & { statements: number };
  };

  it('writes what was noted together, in the order in which it was noted', async () => {
    const pool = counting();
    const history = writer({ pool, flushMs: 50 });
    const entries = byOne(40);
    for (const entry of entries) await history.note(entry);
    expect(history.backlog()).toEqual({ entries: 40 });
    await expect.poll(() => history.backlog().entries).toBe(0);
    expect(pool.statements).toBe(1);
    const { rows } = await store
      .pool()
      .query('select id from orgeid.access_history where actor = $1 order by seq', [entries[0]?.actor.id]);
    expect(rows.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    await history.close();
  });

  it('does not wait for its time when a batch is full', async () => {
    const history = writer({ flushMs: 60_000, batch: 10 });
    const entries = byOne(10);
    for (const entry of entries) await history.note(entry);
    await expect.poll(() => idsOf(entries)).toEqual(ids(entries));
    await history.close();
  });

  it('answers only once an entry is on disk, and what waited goes with it', async () => {
    const history = writer({ flushMs: 60_000 });
    const entries = byOne(6);
    const [awaited, ...noted] = entries;
    if (!awaited) throw new Error('six were made');
    for (const entry of noted) await history.note(entry);
    await history.written(awaited);
    expect(await idsOf(entries)).toEqual(ids(entries));
    await history.close();
  });

  it('makes many that wait at once share their statements', async () => {
    const pool = counting();
    const history = writer({ pool });
    const entries = byOne(300);
    await Promise.all(entries.map((entry) => history.written(entry)));
    expect(await idsOf(entries)).toEqual(ids(entries));
    expect(pool.statements).toBeLessThan(30);
    await history.close();
  });

  it('writes all that it took before it is flushed or closed, and then takes no more', async () => {
    const history = writer({ flushMs: 60_000 });
    const entries = byOne(25);
    for (const entry of entries.slice(0, 10)) await history.note(entry);
    await history.flush();
    expect(await idsOf(entries)).toHaveLength(10);
    await history.flush();
    for (const entry of entries.slice(10)) await history.note(entry);
    expect(await history.close()).toEqual([]);
    expect(await idsOf(entries)).toEqual(ids(entries));
    await expect(history.note(reading())).rejects.toMatchObject(unavailable);
    await expect(history.written(reading())).rejects.toMatchObject(unavailable);
  });

  it('refuses what is no entry, and keeps none of it', async () => {
    const history = writer();
    await expect(history.note({ ...reading(), correlationId: '\ud800' })).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
    await expect(history.written({ ...reading(), at: 'now' })).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
    expect(history.backlog()).toEqual({ entries: 0 });
    expect(await history.close()).toEqual([]);
  });

  it('keeps what it took while PostgreSQL is away, refuses more than it can hold, and writes all of it once', async () => {
    const { log, said } = lines();
    const name = randomUUID();
    const history = writer({ log, name, flushMs: 5, batch: 20, capacity: 100, withinMs: 200 });
    const entries = byOne(100);
    await history.note(entries[0] ?? reading());
    await history.flush();

    await store.engine().kill('SIGKILL');
    for (const entry of entries.slice(1, 99)) await history.note(entry);
    const awaited = history.written(entries[99] ?? reading());
    await expect(awaited).rejects.toMatchObject(unavailable);
    await expect(history.flush()).rejects.toMatchObject(unavailable);
    const extra = byOne(5);
    await history.note(extra[0] ?? reading());
    for (const entry of extra.slice(1)) await expect(history.note(entry)).rejects.toMatchObject(unavailable);
    const { entries: waiting, failingSince } = history.backlog();
    expect(waiting).toBe(100);
    expect(failingSince).toBeLessThanOrEqual(Date.now());

    await store.engine().restart();
    await expect.poll(() => history.backlog(), { timeout: 20_000 }).toEqual({ entries: 0 });
    expect(await idsOf(entries)).toEqual(ids(entries));
    expect(await idsOf(extra)).toEqual(ids(extra.slice(0, 1)));
    expect(said().filter((text) => text.includes('cannot be written'))).toHaveLength(1);
    expect(said().at(-1)).toContain('written again');
    await history.written(extra[1] ?? reading());
    expect(await history.close()).toEqual([]);
    const { whole, heads } = await verifyAccessHistory(store.pool());
    expect(whole).toBe(true);
    expect(heads.find(({ writer: one }) => one === name)?.seq).toBe(102);
  });

  it('loses and doubles nothing that it took when PostgreSQL is killed in the middle of writing, again and again', async () => {
    const pool = openPool(store.url(), { max: 6 });
    const writers = Array.from({ length: 3 }, (_, i) =>
      writer({ pool, name: `killed-${i}`, flushMs: 1, batch: 50, capacity: 100_000, withinMs: 60_000 }),
    );
    const taken: AccessEntry[] = [];
    const durable: string[] = [];
    const stop = new AbortController();
    const load = writers.flatMap((history) =>
      Array.from({ length: 4 }, async () => {
        while (!stop.signal.aborted) {
          const [read, command] = readings(2);
          if (!read || !command) throw new Error('two were made');
          await history.note(read);
          taken.push(read, command);
          await history.written(command);
          durable.push(command.id);
        }
      }),
    );
    for (let kills = 0; kills < 3; kills += 1) {
      const before = durable.length;
      await expect.poll(() => durable.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
      await store.engine().kill('SIGKILL');
      await store.engine().restart();
    }
    const before = durable.length;
    await expect.poll(() => durable.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
    stop.abort();
    await Promise.all(load);
    expect((await Promise.all(writers.map((history) => history.close()))).flat()).toEqual([]);
    await pool.end();

    const { rows } = await asAdmin(store.url(), (client) =>
      client.query<{ id: string }>("select id from orgeid.access_history where writer like 'killed-%'"),
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(ids(taken));
    expect(await verifyAccessHistory(store.pool())).toMatchObject({ whole: true, faults: [] });
  });

  it('gives up when it is closed while PostgreSQL stays away, and says what it could not write', async () => {
    const { log, kept } = lines();
    const history = writer({ log, flushMs: 5 });
    const entries = byOne(3);
    await store.engine().kill('SIGKILL');
    for (const entry of entries) await history.note(entry);
    expect(await history.close(300)).toEqual(entries);
    const told = kept.filter(({ level }) => level === 50).map(({ entry }) => entry?.id);
    expect(told).toEqual(entries.map(({ id }) => id));
    await store.engine().restart();
    await expect
      .poll(() =>
        readAccessHistory(store.pool(), {}, 1).then(
          ({ entries: [one] }) => one?.seq,
          () => 0,
        ),
      )
      .toBeGreaterThan(0);
    expect(await idsOf(entries)).toEqual([]);
  });

  it('does not wait longer than it was told for a server that hangs', async () => {
    const history = writer({ withinMs: 300 });
    const locked = asAdmin(store.url(), async (client) => {
      await client.query('begin');
      await client.query('lock table orgeid.access_writers in access exclusive mode');
      const entry = reading();
      const began = performance.now();
      await expect(history.written(entry)).rejects.toMatchObject(unavailable);
      expect(performance.now() - began).toBeLessThan(2_000);
      await client.query('rollback');
      return entry;
    });
    const { id } = await locked;
    expect(await history.close()).toEqual([]);
    const { rows } = await store.pool().query('select from orgeid.access_history where id = $1', [id]);
    expect(rows).toHaveLength(1);
  });
});
