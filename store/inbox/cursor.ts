import { createHash } from 'node:crypto';
import { DomainError } from '../../domain/error.ts';
import { canonical } from '../body.ts';

/** Names what a page was asked of, so that a cursor is of use for the same question only. */
const digest = (question: unknown, key: readonly string[]): string =>
  createHash('sha256')
    .update(canonical([question, key]))
    .digest('base64url')
    .slice(0, 16);

/** A place in a list. It carries no rights: whoever has it sees what they may see, from there on. */
export const toCursor = (question: unknown, key: readonly string[]): string =>
  Buffer.from(JSON.stringify([digest(question, key), ...key])).toString('base64url');

/**
 * Reads a cursor back.
 *
 * @param parts says of each part of the key whether it can be one
 * @throws DomainError `EID_ERR_SHAPE` when it was not given out for this question, or was changed
 */
export function fromCursor(
  question: unknown,
  cursor: string,
  parts: readonly ((text: string) => boolean)[],
): string[] {
  const read = parse(cursor);
  const [sum, ...key] = read ?? [];
  const fits = key.length === parts.length && key.every((part, i) => parts[i]?.(part));
  if (sum === undefined || !fits || sum !== digest(question, key)) {
    throw new DomainError('EID_ERR_SHAPE', {
      field: 'after',
      reason: 'not the cursor of a page before this one',
    });
  }
  return key;
}

function parse(cursor: string): string[] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(read) && read.every((part) => typeof part === 'string') ? read : undefined;
  } catch {
    return undefined;
  }
}

const instantUs = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** An instant with microseconds in UTC, as `orgeid.instant_us` writes it. */
export const isInstantUs = (text: string): boolean =>
  instantUs.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 19) === text.slice(0, 19);

export const isDueKey = (text: string): boolean => text === 'infinity' || isInstantUs(text);

export const isAny = (): boolean => true;
