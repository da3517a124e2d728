import type { Officer } from './officers.ts';
import type { Queryable } from './pool.ts';

/** A person of an office as the directory had them. `later`: it learnt of them only after the moment; they are as it first knew them. */
export type OfficerThen = Officer & { readonly later: boolean };

/**
 * The people who were in some units at an instant, by unit, name and id, so many at most. Who had been taken out by then is left out.
 *
 * @param instant ISO 8601, to the microsecond
 */
export async function officersThen(
  db: Queryable,
  units: readonly string[],
  instant: string,
  most: number,
): Promise<readonly OfficerThen[]> {
  const { rows } = await db.query<OfficerThen>({
    name: 'officers-then',
    text: `select id, name, roles, unit, later from (select distinct id from orgeid.officer_history where unit = any ($1)) concerned
      cross join lateral (
        select name, roles, unit, listed, h.recorded_at > $2::timestamptz as later from orgeid.officer_history h
        where h.id = concerned.id
        order by later, case when h.recorded_at > $2::timestamptz then seq else -seq end limit 1) stood
      where listed and unit = any ($1) order by unit, name, id limit $3`,
    values: [units, instant, most],
  });
  return rows;
}
