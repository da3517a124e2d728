import { beforeEach, describe, expect, it } from 'vitest';
import { type AccessVerdict, verifyAccessHistory } from '../../store/access-history/verify.ts';
import type { AccessFault } from '../../store/access-history/walk.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { chainHash } from '../../store/chain.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { useEngines } from '../support/engines.ts';
import { readings } from './accessEntries.ts';
import { asAdmin, freshDatabase, tamper } from './support.ts';

describe('the check of the access history', () => {
  const engines = useEngines(['postgres']);
  let url = '';
  let before: AccessVerdict;

  const verify = async (noted?: AccessVerdict['heads']) => {
    const pool = openPool(url);
    try {
      return await verifyAccessHistory(pool, noted ? { noted } : {});
    } finally {
      await pool.end();
    }
  };
  const faultsAfter = async (sql: string): Promise<readonly AccessFault[]> => {
    await tamper(url, sql);
    const { whole, found, faults } = await verify();
    expect(whole).toBe(faults.length === 0);
    expect(found).toBe(faults.length);
    return faults;
  };
  const row = (seq: number) => `where writer = 'api-1' and seq = ${seq}`;
  const fault = (kind: AccessFault['kind'], seq: number, more: Partial<AccessFault> = {}) => ({
    kind,
    writer: 'api-1',
    seq,
    ...more,
  });

  beforeEach(async () => {
    url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    for (const writer of ['api-1', 'api-2', 'api-3'])
      for (let i = 0; i < 5; i += 1)
        await asAdmin(url, (client) => recordAccess(client, writer, readings(2)));
    before = await verify();
  });

  it('finds nothing wrong with one that nobody touched, nor with an empty one', async () => {
    expect(before).toMatchObject({ whole: true, entries: 30, found: 0, faults: [] });
    expect(before.heads.map(({ writer, seq }) => [writer, seq])).toEqual([
      ['api-1', 10],
      ['api-2', 10],
      ['api-3', 10],
    ]);
    url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    expect(await verify()).toEqual({ whole: true, entries: 0, found: 0, faults: [], heads: [] });
  });

  it.each([
    ['who', "update orgeid.access_history set body = replace(body, 'Trần Thị Bích', 'Ai Đó')"],
    [
      'when it was recorded',
      "update orgeid.access_history set recorded_at = recorded_at + interval '1 microsecond'",
    ],
    ['its hash', "update orgeid.access_history set hash = sha256('x')"],
    ['whose it is in the look-up', "update orgeid.access_history set actor = 'nobody'"],
    ['which case it is about in the look-up', 'update orgeid.access_history set stream = null'],
    ['when it was done in the look-up', "update orgeid.access_history set at = at - interval '1 year'"],
    ['what was done in the look-up', "update orgeid.access_history set action = 'LIST'"],
    ['how it ended in the look-up', "update orgeid.access_history set result = 'REFUSED'"],
    ['its id in the look-up', 'update orgeid.access_history set id = gen_random_uuid()'],
  ])('names the row when somebody changed %s', async (_, sql) => {
    const faults = await faultsAfter(`${sql} ${row(4)}`);
    expect(faults[0]).toEqual(fault('ALTERED', 4));
  });

  it('names a row that was replaced together with its hash', async () => {
    const [found] = await asAdmin(url, async (client) => {
      const { rows } = await client.query<{ body: string; prev: string; recorded: string }>(
        `select body, encode(prev_hash, 'hex') as prev, orgeid.instant_us(recorded_at) as recorded
         from orgeid.access_history ${row(4)}`,
      );
      return rows;
    });
    if (!found) throw new Error('the row was written before');
    const body = found.body.replace('Trần Thị Bích', 'Ai Đó');
    const hash = chainHash(found.prev, { position: 4, recordedAt: found.recorded, body });
    const faults = await faultsAfter(
      `update orgeid.access_history set body = '${body}', hash = decode('${hash}', 'hex') ${row(4)}`,
    );
    expect(faults).toEqual([fault('UNLINKED', 5)]);
  });

  it('names rows that were removed: in the middle, at the beginning, at the end, all', async () => {
    const remove = (seqs: string) =>
      `delete from orgeid.access_history where writer = 'api-1' and seq ${seqs}`;
    expect(await faultsAfter(remove('= 5'))).toEqual([fault('REMOVED', 5)]);
    expect(await faultsAfter(remove('in (6, 7)'))).toEqual([fault('REMOVED', 5, { upTo: 7 })]);
    expect(await faultsAfter(remove('< 3'))).toEqual([
      fault('REMOVED', 1, { upTo: 2 }),
      fault('REMOVED', 5, { upTo: 7 }),
    ]);
    expect(await faultsAfter(remove('> 9'))).toContainEqual(fault('REMOVED', 10));
    expect(await faultsAfter(remove('> 0'))).toEqual([fault('REMOVED', 1, { upTo: 10 })]);
  });

  it('names rows that were inserted: in the place of another, and behind the end', async () => {
    const copy = (seq: string, move: string) => `
      insert into orgeid.access_history (writer, seq, recorded_at, id, at, actor, action, result, stream, body, prev_hash, hash)
      select writer, ${seq}, recorded_at + ${move}, id, at, actor, action, result, stream, body, prev_hash, hash
      from orgeid.access_history ${row(4)}`;
    expect(await faultsAfter(copy('seq', "interval '1 microsecond'"))).toEqual([fault('INSERTED', 4)]);
    expect(await faultsAfter(copy('11', "interval '0'"))).toContainEqual(fault('INSERTED', 11, { upTo: 11 }));
  });

  it('names a row that was moved from one chain into another', async () => {
    const faults = await faultsAfter(`
      delete from orgeid.access_history where writer = 'api-2' and seq = 1;
      update orgeid.access_history set writer = 'api-2' ${row(1)}`);
    expect(faults).toEqual([
      fault('REMOVED', 1),
      fault('UNLINKED', 1, { writer: 'api-2' }),
      fault('UNLINKED', 2, { writer: 'api-2' }),
    ]);
  });

  it('names a chain that was taken out whole, or whose head was', async () => {
    const lost = "delete from orgeid.access_writers where writer = 'api-2'";
    expect(await faultsAfter(lost)).toContainEqual(fault('WRITER', 0, { writer: 'api-2' }));
    expect(await faultsAfter("delete from orgeid.access_history where writer = 'api-2'")).toEqual([
      fault('WRITER', 0, { writer: 'api-3' }),
    ]);
  });

  it('names a head that says something else than the last row', async () => {
    expect(
      await faultsAfter("update orgeid.access_writers set hash = sha256('x') where writer = 'api-1'"),
    ).toEqual([fault('HEAD', 10)]);
  });

  it('finds a chain that was cut off or written anew to its end, by the heads that were noted before', async () => {
    const cut = `
      delete from orgeid.access_history where writer = 'api-1' and seq > 8;
      update orgeid.access_writers w set seq = 8, hash = h.hash from orgeid.access_history h
        where w.writer = 'api-1' and h.writer = 'api-1' and h.seq = 8`;
    expect(await faultsAfter(cut)).toEqual([]);
    expect((await verify(before.heads)).faults).toEqual([fault('REWRITTEN', 10)]);
    await asAdmin(url, (client) => recordAccess(client, 'api-1', readings(5)));
    expect((await verify()).whole).toBe(true);
    expect((await verify(before.heads)).faults).toEqual([fault('REWRITTEN', 10)]);
    await faultsAfter(
      "delete from orgeid.access_history where writer = 'api-3'; delete from orgeid.access_writers where writer = 'api-3'",
    );
    expect((await verify(before.heads)).faults).toContainEqual(fault('WRITER', 0, { writer: 'api-3' }));
  });

  it('takes heads that were noted before for good while the chains go on', async () => {
    await asAdmin(url, (client) => recordAccess(client, 'api-2', readings(3)));
    expect(await verify(before.heads)).toMatchObject({ whole: true, entries: 33 });
  });
});
