import type { Queryable } from './pool.ts';

/** Stands in an event for the identification number that the append gives out. */
export const NUMBER_TOKEN = '@identification-number';

export type Filled<T> = { readonly value: T; readonly filled?: Readonly<Record<string, string>> };

/**
 * Replaces the token in every string of some JSON data by the next identification number, one for all places; data
 * without the token come back as they are, and no number is taken. A number whose append then fails is never given again.
 */
export async function fillNumber<T>(db: Queryable, value: T): Promise<Filled<T>> {
  const text = JSON.stringify(value);
  if (!text.includes(NUMBER_TOKEN)) return { value };
  const { rows } = await db.query<{ number: string }>(
    `select nextval('orgeid.identification_number')::text as number`,
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error('the sequence gave no number');
  return {
    value: JSON.parse(text.replaceAll(NUMBER_TOKEN, number)) as T,
    filled: { [NUMBER_TOKEN]: number },
  };
}
