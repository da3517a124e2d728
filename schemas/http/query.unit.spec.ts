import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { flag, listOf, whole } from './query.ts';

const words = listOf(z.enum(['A', 'B', 'C']), 3);

describe('what an address says', () => {
  it('is a list: the parameter again, commas between, or both', () => {
    expect(words.parse('A')).toEqual(['A']);
    expect(words.parse('A,B')).toEqual(['A', 'B']);
    expect(words.parse(['A', 'B,C'])).toEqual(['A', 'B', 'C']);
    for (const bad of ['', ',', 'A,', 'D', ['A', ''], 'A,A,A,A'])
      expect(words.safeParse(bad).success).toBe(false);
  });

  it('is true or false in so many letters', () => {
    expect([flag.parse('true'), flag.parse('false')]).toEqual([true, false]);
    for (const bad of ['', '1', 'TRUE', ['true', 'true']]) expect(flag.safeParse(bad).success).toBe(false);
  });

  it('is a whole number within its bounds, in digits', () => {
    expect(whole(1, 20).parse('20')).toBe(20);
    for (const bad of ['', '0', '21', '1.0', '1e1', '0x1', ' 1', '+1', '-1', ['1', '2'], '9'.repeat(16)])
      expect(whole(1, 20).safeParse(bad).success, String(bad)).toBe(false);
  });

  it('stands in the description as what it means', () => {
    const schema = z.toJSONSchema(z.object({ words, flag, n: whole(1, 20).default(5) }), { io: 'input' });
    expect(schema.properties).toMatchObject({
      words: { type: 'array', items: { enum: ['A', 'B', 'C'] } },
      flag: { type: 'boolean' },
      n: { type: 'integer', minimum: 1, maximum: 20 },
    });
    expect(schema.required).toEqual(['words', 'flag']);
  });
});
