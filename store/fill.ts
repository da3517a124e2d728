import { NUMBER_TOKEN } from '../domain/registration/organisation.ts';
import { fillTokens } from '../domain/tokens.ts';
import type { Queryable } from './pool.ts';

export type Filled<T> = { readonly value: T; readonly filled?: Readonly<Record<string, string>> };

/**
 * Replaces the token in every string of some JSON data by the next identification number, one for all places; data
 * without the token come back as they are, and no number is taken. A number whose append then fails is never given again.
 */
export async function fillNumber<T>(db: Queryable, value: T): Promise<Filled<T>> {
  if (!JSON.stringify(value).includes(NUMBER_TOKEN)) return { value };
  const { rows } = await db.query<{ number: string }>(
    `select nextval('orgeid.identification_number')::text as number`,
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error('the sequence gave no number');
  const filled = { [NUMBER_TOKEN]: number };
  return { value: fillTokens(value, filled), filled };
}
