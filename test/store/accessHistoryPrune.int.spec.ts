import { beforeEach, describe, expect, it } from 'vitest';
import { loadPolicy } from '../../policies/load.ts';
import { pruneAccessHistory } from '../../store/access-history/prune.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { useEngines } from '../support/engines.ts';
import { reading, readings, recordAt } from './accessEntries.ts';
import { asAdmin, freshDatabase, tamper } from './support.ts';

const kept = (await loadPolicy()).parameters.accessHistoryKept.value;
const NOW = Date.parse('2021-01-20T00:00:00.000Z');

describe('the access history that has had its time', () => {
  const engines = useEngines(['postgres']);
  let url = '';
  const within = async <T>(use: (pool: ReturnType<typeof openPool>) => Promise<T>): Promise<T> => {
    const pool = openPool(url);
    try {
      return await use(pool);
    } finally {
      await pool.end();
    }
  };
  const prune = (before: string, now = NOW) =>
    within((pool) => pruneAccessHistory(pool, { before, kept, now }));
  const verify = (keptSince?: string) =>
    within((pool) => verifyAccessHistory(pool, keptSince === undefined ? {} : { keptSince }));
  const monthsLeft = async () =>
    (await within((pool) => readAccessHistory(pool, {}, 200))).entries.map(({ entry }) =>
      entry.at.slice(0, 7),
    );

  beforeEach(async () => {
    url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    await recordAt(url, '2015-10-31T23:59:59.999Z', 'api-1', readings(3));
    await recordAt(url, '2015-11-01T00:00:00.000Z', 'api-2', readings(2));
    await recordAt(url, '2015-11-15T10:00:00.000Z', 'api-1', readings(4));
    await recordAt(url, '2016-01-02T10:00:00.000Z', 'api-1', readings(2));
    await recordAt(url, '2020-12-31T10:00:00.000Z', 'api-1', readings(1));
    expect(await verify()).toMatchObject({ whole: true, entries: 12 });
  });

  it('goes by whole months, and the chains of what stays are whole', async () => {
    expect(await prune('2015-11-30T23:59:59.999Z')).toEqual([
      { part: 'access_history_2015_10', until: '2015-11-01T00:00:00.000000Z', entries: 3 },
    ]);
    expect(await verify()).toMatchObject({ whole: true, entries: 9 });
    expect(await prune('2015-12-01T00:00:00.000Z')).toEqual([
      { part: 'access_history_2015_11', until: '2015-12-01T00:00:00.000000Z', entries: 6 },
    ]);
    expect(await verify('2016-01-18T00:00:00.000Z')).toMatchObject({ whole: true, entries: 3, faults: [] });
    expect(await monthsLeft()).toEqual(['2020-12', '2016-01', '2016-01']);
    expect(await prune('2015-12-01T00:00:00.000Z')).toEqual([]);
  });

  it('is written on behind what is gone, and an entry that comes again is still one', async () => {
    await prune('2016-01-01T00:00:00.000Z');
    const entry = reading();
    for (const writer of ['api-1', 'api-2'])
      await asAdmin(url, (client) => recordAccess(client, writer, [entry, ...readings(2)]));
    const verdict = await verify();
    expect(verdict).toMatchObject({ whole: true, entries: 8 });
    expect(verdict.heads.map(({ writer, seq }) => [writer, seq])).toEqual([
      ['api-1', 13],
      ['api-2', 4],
    ]);
  });

  it('does not go before the policy’s time is over, to the day', async () => {
    const early = Date.parse('2021-01-02T00:00:00.000Z');
    await expect(prune('2016-01-01T00:00:00.001Z', early)).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
      details: { field: 'before', latest: '2016-01-01T00:00:00.000Z' },
    });
    await expect(prune('soon')).rejects.toMatchObject({ code: 'EID_ERR_SHAPE' });
    expect(await verify()).toMatchObject({ whole: true, entries: 12 });
  });

  it('is never the month that is being written, whatever clock is shown', async () => {
    await asAdmin(url, (client) => recordAccess(client, 'api-1', [reading()]));
    const parts = await prune('2090-01-01T00:00:00.000Z', Date.parse('2100-01-01T00:00:00.000Z'));
    expect(parts).toHaveLength(4);
    expect(await verify()).toMatchObject({ whole: true, entries: 1 });
  });

  it('stays as it is when it is broken: what was done to it is not to be wiped away', async () => {
    await tamper(url, "delete from orgeid.access_history where writer = 'api-1' and seq = 2");
    await expect(prune('2016-01-01T00:00:00.000Z')).rejects.toMatchObject({
      code: 'EID_ERR_LOG_BROKEN',
      details: { faults: [{ kind: 'REMOVED', writer: 'api-1', seq: 2 }] },
    });
    expect(await verify()).toMatchObject({ entries: 11, faults: [{ kind: 'REMOVED', seq: 2 }] });
  });

  it('stays as well when its last entry is missing, which only the month after it tells', async () => {
    await tamper(url, "delete from orgeid.access_history where writer = 'api-1' and seq = 7");
    await expect(prune('2015-12-01T00:00:00.000Z')).rejects.toMatchObject({
      code: 'EID_ERR_LOG_BROKEN',
      details: { faults: [{ kind: 'REMOVED', writer: 'api-1', seq: 7 }] },
    });
    await tamper(url, "delete from orgeid.access_history where writer = 'api-2' and seq = 2");
    expect((await verify()).faults).toContainEqual({ kind: 'REMOVED', writer: 'api-2', seq: 2 });
    await expect(prune('2015-12-01T00:00:00.000Z')).rejects.toMatchObject({ details: { found: 2 } });
  });

  it('shows when somebody removed more than was due and called it old', async () => {
    const forge = (where: string, until: string) => `
      insert into orgeid.access_anchors (writer, seq, hash, part, until)
        select writer, seq, hash, 'x', '${until}' from orgeid.access_history where ${where} order by seq desc limit 1;
      delete from orgeid.access_history where ${where}`;
    await tamper(url, forge("writer = 'api-1' and seq <= 5", '2015-12-01T00:00:00Z'));
    expect((await verify()).faults).toContainEqual({ kind: 'ANCHOR', writer: 'api-2', seq: 1 });
    await tamper(url, forge("recorded_at < '2016-02-01' and writer = 'api-1'", '2016-02-01T00:00:00Z'));
    await tamper(url, forge("writer = 'api-2'", '2016-02-01T00:00:00Z'));
    expect((await verify()).whole).toBe(true);
    expect((await verify('2016-01-18T00:00:00.000Z')).faults).toEqual([
      { kind: 'ANCHOR', writer: 'api-1', seq: 9 },
      { kind: 'ANCHOR', writer: 'api-2', seq: 2 },
    ]);
  });

  it('goes while others write and read, and keeps none of them waiting for long', async () => {
    await within(async (pool) => {
      let busy = true;
      let longest = 0;
      const loops = Array.from({ length: 6 }, async (_, i) => {
        while (busy) {
          const began = performance.now();
          if (i % 2) await recordAccess(pool, `writer-${i}`, readings(3));
          else await readAccessHistory(pool, { actorId: 'desk' }, 50);
          longest = Math.max(longest, performance.now() - began);
        }
      });
      const parts = await prune('2016-02-01T00:00:00.000Z', NOW + 30 * 86_400_000);
      busy = false;
      await Promise.all(loops);
      expect(parts.map(({ part }) => part.slice(-7))).toEqual(['2015_10', '2015_11', '2016_01']);
      expect(longest).toBeLessThan(3_000);
    });
    expect(await verify()).toMatchObject({ whole: true });
  });
});
