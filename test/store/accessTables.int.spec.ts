import { describe, expect, it } from 'vitest';
import { loadAccessTable } from '../../policies/access/load.ts';
import { accessTableThen, putAccessTable } from '../../store/accessTables.ts';
import { logClock } from '../../store/positionAt.ts';
import { tamper, useStore } from './support.ts';

const store = useStore();
const db = () => store.pool();
const shipped = loadAccessTable();
const other = { ...shipped, version: 'access/other', rows: shipped.rows.slice(1) };

describe('tables of permissions', () => {
  it('are found as they were in force, also one that came back', async () => {
    expect(await accessTableThen(db(), await logClock(db()))).toBeUndefined();
    const moments = [await logClock(db())];
    for (const table of [shipped, shipped, other, shipped]) {
      await putAccessTable(db(), table);
      moments.push(await logClock(db()));
    }
    const found = await Promise.all(moments.map((moment) => accessTableThen(db(), moment)));
    expect(found.map((one) => [one?.table.version, one?.inForce])).toEqual([
      [shipped.version, false], // came into force later
      [shipped.version, true],
      [shipped.version, true],
      [other.version, true],
      [shipped.version, true],
    ]);
    expect(found[3]?.table).toEqual(other);
    expect((await db().query('select from orgeid.access_tables')).rowCount).toBe(3);
  });

  it('keep their content under their version', async () => {
    const changed = { ...other, version: shipped.version };
    await expect(putAccessTable(db(), changed)).rejects.toMatchObject({
      code: 'EID_ERR_POLICY_INVALID',
      details: { version: shipped.version },
    });
    expect((await accessTableThen(db(), await logClock(db())))?.table).toEqual(shipped);
  });

  it('of another release, which this code cannot read, are not taken for ones that it can', async () => {
    await tamper(
      store.url(),
      `insert into orgeid.access_tables (version, body, sha256) values ('next', '{"version":"next"}', 'x')`,
    );
    expect(await accessTableThen(db(), await logClock(db()))).toBeUndefined();
  });
});
