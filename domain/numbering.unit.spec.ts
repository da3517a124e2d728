import { describe, expect, it } from 'vitest';
import { highestNumber } from './numbering.ts';

const ids = (...list: string[]) => list.map((id) => ({ id }));

describe('the highest number in use', () => {
  it('is that of the ids with the name, wherever they stand and whatever is missing', () => {
    expect(highestNumber(ids('notice7', 'notice12', 'notice9'), 'notice')).toBe(12);
    expect(highestNumber(ids('verify-2', 'verify-on-site-5', 'decide-3'), 'verify-')).toBe(2);
  });
  it('is 0 where there is none', () => {
    expect(highestNumber([], 'notice')).toBe(0);
    expect(highestNumber(ids('notice', 'notice-x', 'other3'), 'notice')).toBe(0);
  });
});
