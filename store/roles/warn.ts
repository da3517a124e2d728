import type { Queryable } from '../pool.ts';

/** Warns when a process that only has to append connects as one who may do more: as the owner, or as a superuser. */
export async function warnOfOwner(
  db: Queryable,
  log: { warn(details: object, message: string): void },
): Promise<void> {
  const { rows } = await db.query<{ login: string; more: boolean }>(
    `select current_user as login, has_table_privilege('orgeid.events', 'UPDATE, DELETE, TRUNCATE') as more`,
  );
  const [row] = rows;
  if (row?.more)
    log.warn(
      { login: row.login },
      'this login may do more than append to the log: ORGEID_POSTGRES_URL should be the writer’s (docs/guides/database-roles.md)',
    );
}
