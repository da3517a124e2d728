import { describe, expect, it } from 'vitest';
import { fromCursor, isAny, isDueKey, isInstantUs, toCursor } from './cursor.ts';

const question = { view: 'unit', kinds: ['VERIFY'] };
const key = ['2026-03-05T10:00:00.000000Z', 'registration-1', 'verify-1'];
const parts = [isDueKey, isAny, isAny];
const refused = expect.objectContaining({ code: 'EID_ERR_SHAPE' });
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('gives back the place that it was made of', () => {
    expect(fromCursor(question, toCursor(question, key), parts)).toEqual(key);
    const late = ['infinity', 'registration-1', 'verify-1'];
    expect(fromCursor(question, toCursor(question, late), parts)).toEqual(late);
  });

  it('is refused for another question, and when any of it was changed', () => {
    const cursor = toCursor(question, key);
    expect(() => fromCursor({ view: 'below' }, cursor, parts)).toThrow(refused);
    const read: string[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    for (let i = 0; i < read.length; i += 1) {
      const changed = encoded(read.with(i, `${read[i]}x`));
      expect(() => fromCursor(question, changed, parts)).toThrow(refused);
    }
  });

  it.each(['', 'x', '%%%', encoded('x'), encoded([]), encoded([1, 2, 3, 4]), encoded({}), 'a'.repeat(2000)])(
    'refuses %j',
    (cursor) => {
      expect(() => fromCursor(question, cursor, parts)).toThrow(refused);
    },
  );

  it('refuses a place that no row can have, even with the right digest', () => {
    for (const due of [
      '2026-02-31T10:00:00.000000Z',
      '1',
      'now',
      '-infinity',
      "'",
      '2026-03-05T25:00:00.000000Z',
      '0000-03-05T10:00:00.000000Z',
    ]) {
      const cursor = toCursor(question, [due, 'registration-1', 'verify-1']);
      expect(() => fromCursor(question, cursor, parts)).toThrow(refused);
    }
    const nul = encoded(['x', key[0], 'registration-1\u0000', 'verify-1']);
    expect(() => fromCursor(question, nul, parts)).toThrow(refused);
    expect(isInstantUs('infinity')).toBe(false);
  });
});
