import type { z } from 'zod';

/** Paths and codes of a shape error, without the values that caused it. `under`: where in the message the value stands. */
export const issuesOf = (error: z.ZodError, under: readonly string[] = []): string =>
  error.issues
    .slice(0, 10)
    .map((issue) => `${[...under, ...issue.path].join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');

/** Undefined when the bytes are not UTF-8 JSON. */
export function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
}

// NUL and half a surrogate pair: PostgreSQL takes neither, so a message with one could never be settled, however often it came.
const NOT_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Said of a message whose texts the log could not hold. */
export const NOT_TEXT_DETAIL = 'a text holds NUL or half a surrogate pair';

/** Whether every text in a value is one that the log may hold. */
export const isText = (value: unknown): boolean => !NOT_TEXT.test(JSON.stringify(value) ?? '');

/** A field of an object that may be anything, when it is a text of 1 to 200 characters that the log may hold. */
export function shortTextIn(body: unknown, name: string): string | undefined {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value.length > 0 && value.length <= 200 && isText(value)
    ? value
    : undefined;
}
