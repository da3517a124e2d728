import { fromBase64, toBase64 } from './base64.ts';
import { type SignerKey, signBytes, type VerifierKey, verifyBytes } from './keys.ts';

/** A line of a signed note (C2SP signed-note). `signature`: what follows the key id. */
export type SignatureLine = { readonly name: string; readonly id: string; readonly signature: Buffer };

/** A text and those who signed it. The text ends with a newline. */
export type Note = { readonly text: string; readonly signatures: readonly SignatureLine[] };

/** A signature of a key that was asked for, proved. `time`: when a witness cosigned, seconds since the epoch. */
export type Proved = { readonly key: VerifierKey; readonly time?: number };

/** What came of checking a note: the signatures of known keys, or the first of them that is not right. */
export type NoteVerdict =
  | { readonly valid: true; readonly by: readonly Proved[] }
  | { readonly valid: false; readonly key?: VerifierKey };

const DASH = '— ';
const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
/** Enough for every key and witness of a log; more is somebody's attempt to keep the reader busy. */
const MOST_SIGNATURES = 100;

/** Text of a signed note. */
export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(formatLine).join('')}`;

export const formatLine = ({ name, id, signature }: SignatureLine): string =>
  `${DASH}${name} ${toBase64(Buffer.concat([Buffer.from(id, 'hex'), signature]))}\n`;

/** Reads a signed note; undefined when it is not exactly one. */
export function parseNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !isText(note) || !note.endsWith('\n')) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.slice(0, MOST_SIGNATURES + 1).map(parseLine);
  const whole = signatures.every((line) => line !== undefined);
  return whole && signatures.length <= MOST_SIGNATURES
    ? { text: note.slice(0, end + 1), signatures }
    : undefined;
}

/** Reads a signature line without its newline. */
export function parseLine(line: string): SignatureLine | undefined {
  const [, name, encoded = ''] = LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (name === undefined || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) };
}

/**
 * Signs a text.
 *
 * @param text ends with a newline
 * @param now seconds since the epoch, which a cosignature holds
 */
export function signText(key: SignerKey, text: string, now = 0): SignatureLine {
  const { name, id, type } = key;
  if (type === 'ED25519') return { name, id, signature: signBytes(key, Buffer.from(text)) };
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(now));
  return { name, id, signature: Buffer.concat([time, signBytes(key, cosigned(text, now))]) };
}

/**
 * Checks a note against keys that are trusted. Signatures of others are passed over; a wrong one of a known key spoils the note.
 * It is valid when at least one known key signed it.
 */
export function verifyNote({ text, signatures }: Note, keys: readonly VerifierKey[]): NoteVerdict {
  const by: Proved[] = [];
  for (const line of signatures) {
    const key = keys.find(({ name, id }) => name === line.name && id === line.id);
    if (!key) continue;
    const proved = verifyLine(key, text, line);
    if (!proved) return { valid: false, key };
    by.push(proved);
  }
  return by.length > 0 ? { valid: true, by } : { valid: false };
}

function verifyLine(key: VerifierKey, text: string, { signature }: SignatureLine): Proved | undefined {
  if (key.type === 'ED25519') return verifyBytes(key, Buffer.from(text), signature) ? { key } : undefined;
  if (signature.length !== 8 + 64) return undefined;
  const time = Number(signature.readBigUInt64BE());
  if (!Number.isSafeInteger(time)) return undefined;
  return verifyBytes(key, cosigned(text, time), signature.subarray(8)) ? { key, time } : undefined;
}

/** A note holds no control character below U+0020 but the newline, and no half of a surrogate pair. */
const isText = (note: string): boolean =>
  Buffer.from(note).toString() === note && ![...note].some((letter) => letter < ' ' && letter !== '\n');

/** What a witness signs (C2SP tlog-cosignature, Ed25519). */
const cosigned = (text: string, time: number): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
