/** What a template may name. Absent: the query does not say. */
export type Names = Readonly<Record<string, string | undefined>>;

const NAME = '[A-Za-z]+(?:[.][A-Za-z]+)?';
/** `{id}`, or `{subject.taxCode|subject.code}` for the first that is there. */
const PLACEHOLDER = new RegExp(`\\{(${NAME}(?:[|]${NAME})*)\\}`, 'g');

export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].flatMap(([, names = '']) => names.split('|'));

/** Thrown when a template names what the query lacks. */
export class MissingName extends Error {}

/** Puts the values in, each through `encode`. @throws MissingName */
export const fill = (
  text: string,
  names: Names,
  encode: (value: string) => string = (value) => value,
): string =>
  text.replace(PLACEHOLDER, (_, alternatives: string) => {
    const value = alternatives
      .split('|')
      .map((name) => names[name])
      .find((one) => one !== undefined);
    if (value === undefined) throw new MissingName(alternatives);
    return encode(value);
  });

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Fills every text of a JSON value. @throws MissingName */
export function fillJson(value: Json, names: Names): Json {
  if (typeof value === 'string') return fill(value, names);
  if (Array.isArray(value)) return value.map((one) => fillJson(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillJson(one, names)]));
}
