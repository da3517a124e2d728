import { DomainError } from '../domain/error.ts';
import { AccessTable } from '../schemas/access.ts';
import { canonical } from './body.ts';
import { sha256Of } from './digest.ts';
import type { Queryable } from './pool.ts';

/**
 * Puts a table of permissions into force; the one that is in force already stays as it is. A version never changes.
 *
 * @throws DomainError `EID_ERR_POLICY_INVALID` when the version was in force with other content
 */
export async function putAccessTable(db: Queryable, table: AccessTable): Promise<void> {
  const { version } = table;
  const sha256 = sha256Of(table);
  await db.query(
    `insert into orgeid.access_tables (version, body, sha256)
     select $1, $2, $3 where (select t.sha256 from orgeid.access_tables t order by t.seq desc limit 1) is distinct from $3
       and not exists (select from orgeid.access_tables t where t.version = $1 and t.sha256 <> $3)`,
    [version, canonical(table), sha256],
  );
  const { rows } = await db.query<{ sha256: string }>(
    'select sha256 from orgeid.access_tables where version = $1 and sha256 <> $2 limit 1',
    [version, sha256],
  );
  if (rows[0])
    throw new DomainError('EID_ERR_POLICY_INVALID', {
      version,
      reason: 'this version was in force with other content; give the new content a new version',
      installed: rows[0].sha256,
      offered: sha256,
    });
}

/** A table of permissions, and whether it was in force at the moment that was asked about. */
export type AccessTableThen = { readonly table: AccessTable; readonly inForce: boolean };

/**
 * The table that was in force at an instant, else the first one after it; undefined when none is known, or when it is one that this code
 * cannot read any more.
 *
 * @param instant ISO 8601, to the microsecond
 */
export async function accessTableThen(db: Queryable, instant: string): Promise<AccessTableThen | undefined> {
  const { rows } = await db.query<{ body: unknown; in_force: boolean }>({
    name: 'access-table-then',
    text: `select body, since <= $1::timestamptz as in_force from orgeid.access_tables
      order by since <= $1::timestamptz desc, case when since <= $1::timestamptz then -seq else seq end limit 1`,
    values: [instant],
  });
  const [row] = rows;
  const table = AccessTable.safeParse(row?.body);
  return row && table.success ? { table: table.data, inForce: row.in_force } : undefined;
}
