import { DomainError } from '../domain/error.ts';
import type { EventActor } from '../schemas/case.ts';
import { canonicalJson } from '../transparency/canonicalJson.ts';

/** What an event's body holds; everything else in a row of the log is derived or added by the append. */
export type EventBody = {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: unknown;
  readonly at: string;
  readonly by: EventActor;
  readonly commandId: string;
  readonly correlationId?: string;
};

// A NUL escape, which jsonb cannot hold, or the escape of half a surrogate pair, which is no text (RFC 8785, 3.2.2.2).
const NOT_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/**
 * RFC 8785 text of a value, the same bytes for the same content. Absent and undefined are one.
 *
 * @throws DomainError `EID_ERR_SHAPE` when a string holds NUL or half a surrogate pair
 */
export function canonical(value: unknown): string {
  const text = canonicalJson(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  if (NOT_TEXT.test(text))
    throw new DomainError('EID_ERR_SHAPE', { reason: 'NUL or half a surrogate pair in a text' });
  return text;
}

/** Reads a body back. */
export const parseBody = (text: string): EventBody => JSON.parse(text) as EventBody;
