/** What stands at a JSON pointer (RFC 6901); undefined when nothing does. */
export function at(pointer: string, document: unknown): unknown {
  let value = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The same as text, as records have it: undefined where there is nothing, null or an empty text. */
export function textAt(pointer: string | undefined, document: unknown): string | undefined {
  if (pointer === undefined) return undefined;
  const value = at(pointer, document);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.trim() || undefined;
  if (value === undefined || value === null) return undefined;
  throw new ResponseError(`${pointer} is not a text`);
}

/** A response that nobody understands. The message names where, never what. */
export class ResponseError extends Error {}
