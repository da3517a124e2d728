import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { dateOf, dayNumber, weekdayOf } from './days.ts';

const DAY_MS = 86_400_000;

describe('days', () => {
  test.prop([fc.integer({ min: -200_000, max: 500_000 })])(
    'agrees with the proleptic Gregorian calendar of the platform, both ways',
    (day) => {
      const instant = new Date(day * DAY_MS);
      fc.pre(instant.getUTCFullYear() >= 1000);
      const date = instant.toISOString().slice(0, 10);
      expect(dateOf(day)).toBe(date);
      expect(dayNumber(date)).toBe(day);
      expect(weekdayOf(day)).toBe(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'][instant.getUTCDay()]);
    },
  );

  it.each(['2025-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-4-1', '25-04-01', '', 'today'])(
    'refuses %j, which is no date',
    (text) => {
      expect(() => dayNumber(text)).toThrow(expect.objectContaining({ code: 'EID_ERR_SHAPE' }));
    },
  );

  it('knows 29 February of a leap year', () => {
    expect(dateOf(dayNumber('2024-02-28') + 1)).toBe('2024-02-29');
    expect(dateOf(dayNumber('2025-02-28') + 1)).toBe('2025-03-01');
  });
});
