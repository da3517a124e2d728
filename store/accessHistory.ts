import { withoutNumbers } from '../domain/access-history/without-numbers.ts';
import { DomainError } from '../domain/error.ts';
import { AccessEntry } from '../schemas/access-history.ts';
import { canonical } from './body.ts';
import type { Queryable } from './pool.ts';

/**
 * Writes entries into the access history, in one statement, behind one another in the hash chain of `writer`: all of them or none. An
 * entry whose id is there already is left out. Writers of one name take turns; those of different names do not wait for one another.
 *
 * @param writer name of a process that lasts over its restarts, such as `api-1`
 * @returns how many were written
 * @throws DomainError `EID_ERR_SHAPE` when an entry is not one
 */
export async function recordAccess(
  db: Queryable,
  writer: string,
  entries: readonly AccessEntry[],
): Promise<number> {
  return await recordBodies(db, writer, entries.map(bodyOf));
}

/**
 * The text under which an entry is kept: canonical JSON (RFC 8785), without personal numbers in what was asked for.
 *
 * @throws DomainError `EID_ERR_SHAPE`
 */
export function bodyOf(entry: AccessEntry): string {
  const { success, error, data } = AccessEntry.safeParse(entry);
  if (success) return canonical(withoutNumbers(data));
  const fields = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DomainError('EID_ERR_SHAPE', { what: 'an entry of the access history', fields });
}

/** The same as {@link recordAccess}, of entries that are texts already. */
export async function recordBodies(
  db: Queryable,
  writer: string,
  bodies: readonly string[],
): Promise<number> {
  if (bodies.length === 0) return 0;
  const { rows } = await db.query<{ written: number }>({
    name: 'record-access',
    text: 'select orgeid.record_access($1, $2) as written',
    values: [writer, bodies],
  });
  return rows[0]?.written ?? 0;
}
