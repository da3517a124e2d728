import type { Officer } from './officers.ts';
import type { Queryable } from './pool.ts';

/** The people of some units, by unit, name and id, so many at most. */
export async function officersIn(
  db: Queryable,
  units: readonly string[],
  most: number,
): Promise<readonly Officer[]> {
  const { rows } = await db.query<Officer>({
    name: 'officers-in',
    text: `select id, name, roles, unit from orgeid.officers where unit = any ($1) order by unit, name, id limit $2`,
    values: [units, most],
  });
  return rows;
}
