import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decree } from '../testing/policy.spec.ts';
import { keptSince } from './kept-since.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00.000Z`);

describe('how long the access history is kept', () => {
  it('is five years at least under the decree, from whatever day and hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: day('2024-07-01'), max: day('2090-01-01') }), (now) => {
        const fiveYearsAgo = new Date(now);
        fiveYearsAgo.setUTCFullYear(fiveYearsAgo.getUTCFullYear() - 5);
        expect(keptSince(decree.accessHistoryKept, now)).toBeLessThanOrEqual(fiveYearsAgo.getTime());
      }),
      { seed: 692_024, numRuns: 1000 },
    );
  });

  it('counts whole days, the first of which is not counted', () => {
    expect(keptSince({ amount: 10, unit: 'calendar_days' }, day('2026-03-12'))).toBe(day('2026-03-01'));
  });

  it('counts milliseconds in a rehearsal', () => {
    expect(keptSince({ amount: 1500, unit: 'milliseconds' }, 5000)).toBe(3500);
  });
});
