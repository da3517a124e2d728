import { isDeepStrictEqual } from 'node:util';

/** One change from one state to another: an operation of RFC 6902 (JSON Patch), with what stood there before. */
export type Difference =
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string; readonly before: unknown }
  | { readonly op: 'replace'; readonly path: string; readonly value: unknown; readonly before: unknown };

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** What must change for one JSON value to become another, in an order in which it can be applied; nothing when they are equal. */
export function differences(from: unknown, to: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) return ofLists(from, to, path);
  if (isFields(from) && isFields(to)) return ofFields(from, to, path);
  return [{ op: 'replace', path, value: to, before: from }];
}

function ofFields(from: Fields, to: Fields, path: string): Difference[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return keys.flatMap((key): Difference[] => {
    const at = `${path}/${escaped(key)}`;
    if (!Object.hasOwn(to, key)) return [{ op: 'remove', path: at, before: from[key] }];
    if (!Object.hasOwn(from, key)) return [{ op: 'add', path: at, value: to[key] }];
    return differences(from[key], to[key], at);
  });
}

/** Entries that are alike at both ends stay; of those between, pairs are compared, and what is left over is taken out or put in. */
function ofLists(from: readonly unknown[], to: readonly unknown[], path: string): Difference[] {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(from[start], to[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(from.at(-1 - end), to.at(-1 - end))) end += 1;
  const old = from.slice(start, from.length - end);
  const fresh = to.slice(start, to.length - end);
  const pairs = Math.min(old.length, fresh.length);
  const at = (index: number) => `${path}/${start + index}`;
  return [
    ...old.slice(0, pairs).flatMap((entry, i) => differences(entry, fresh[i], at(i))),
    // The last first: what is taken out moves only what comes after it.
    ...old
      .slice(pairs)
      .map((before, i): Difference => ({ op: 'remove', path: at(pairs + i), before }))
      .reverse(),
    ...fresh.slice(pairs).map((value, i): Difference => ({ op: 'add', path: at(pairs + i), value })),
  ];
}

/**
 * A JSON value after some differences, one after another (RFC 6902).
 * @throws Error when a path leads nowhere
 */
export function applied(value: unknown, changes: readonly Difference[]): unknown {
  return changes.reduce((before, change) => {
    const [, ...parts] = change.path.split('/').map(unescaped);
    return applyAt(before, parts, change);
  }, value);
}

function applyAt(value: unknown, [key, ...rest]: readonly string[], change: Difference): unknown {
  if (key === undefined) return change.op === 'remove' ? undefined : change.value;
  if (Array.isArray(value)) {
    const index = Number(key);
    const { length } = value;
    if (!Number.isInteger(index) || index > length) throw new Error(`${change.path} leads nowhere`);
    if (rest.length > 0) return value.map((one, i) => (i === index ? applyAt(one, rest, change) : one));
    const put = change.op === 'remove' ? [] : [change.value];
    return [...value.slice(0, index), ...put, ...value.slice(change.op === 'add' ? index : index + 1)];
  }
  if (!isFields(value)) throw new Error(`${change.path} leads nowhere`);
  const { [key]: inner, ...others } = value;
  if (rest.length > 0) return { ...value, [key]: applyAt(inner, rest, change) };
  return change.op === 'remove' ? others : { ...value, [key]: change.value };
}
