import { createHash } from 'node:crypto';

/** Characters of an incoming message that are kept as they came. */
const RAW_LIMIT = 8192;

/** Anyone may send a message: what PostgreSQL cannot hold as text must not keep it out of a journal. */
export function storable(text: string | undefined): string | null {
  if (text === undefined) return null;
  const whole = text.slice(0, RAW_LIMIT).replaceAll('\u0000', '\ufffd');
  return Buffer.from(whole, 'utf8').toString('utf8');
}

// An escape of NUL or of half a surrogate pair; not a backslash that is itself escaped.
const NOT_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** JSON text of a payload, or null when jsonb cannot hold it. */
export function payloadOf(payload: unknown): string | null {
  if (payload === undefined) return null;
  const text = JSON.stringify(payload);
  return NOT_TEXT.test(text) ? null : text;
}

/** SHA-256 of a whole message. */
export const fingerprint = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
