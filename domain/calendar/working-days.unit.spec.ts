import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../policies/calendar/load.ts';
import { addWorkingDays, isWorkingDay } from './working-days.ts';

const calendar = loadCalendar();

describe('isWorkingDay', () => {
  it.each([
    ['2024-05-04', true, 'a make-up Saturday'],
    ['2025-04-26', true, 'a make-up Saturday'],
    ['2026-01-10', true, 'a make-up Saturday'],
    ['2026-08-22', true, 'a make-up Saturday'],
    ['2024-05-11', false, 'an ordinary Saturday'],
    ['2024-04-29', false, 'a Monday swapped off'],
    ['2025-01-27', false, 'Tết'],
    ['2026-04-27', false, 'a day in lieu'],
    ['2026-04-28', true, 'a Tuesday between two holidays'],
    ['2025-11-24', true, 'Culture Day before it was in force'],
    ['2026-11-24', false, 'Culture Day'],
    ['2026-11-23', true, 'a day whose swap is undecided'],
  ])('says of %s: %s, %s', (date, expected) => {
    expect(isWorkingDay(calendar, date)).toBe(expected);
  });

  it('counts the working days of each year as the decisions leave them', () => {
    const count = (year: number) => {
      let found = 0;
      for (let at = `${year}-01-01`; at <= `${year}-12-31`; ) {
        if (isWorkingDay(calendar, at)) found += 1;
        at = new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 10);
      }
      return found;
    };
    // Weekdays of the year, less the weekdays off, plus the make-up Saturdays.
    expect(count(2024)).toBe(262 - 12 + 1);
    expect(count(2025)).toBe(261 - 12 + 1);
    expect(count(2026)).toBe(261 - 14 + 2);
  });

  it('refuses a date outside the calendar, and text that is no date', () => {
    expect(() => isWorkingDay(calendar, '2027-01-01')).toThrow(
      expect.objectContaining({ code: 'EID_ERR_CALENDAR_RANGE' }),
    );
    expect(() => isWorkingDay(calendar, '2026-02-30')).toThrow(
      expect.objectContaining({ code: 'EID_ERR_SHAPE' }),
    );
  });
});

describe('addWorkingDays', () => {
  it('goes back over Tết as it goes forth', () => {
    expect(addWorkingDays(calendar, '2025-01-24', 1)).toBe('2025-02-03');
    expect(addWorkingDays(calendar, '2025-02-03', -1)).toBe('2025-01-24');
  });

  it('moves a day off to the next working day when nothing is added', () => {
    expect(addWorkingDays(calendar, '2024-03-16', 0)).toBe('2024-03-18');
    expect(addWorkingDays(calendar, '2024-03-15', 0)).toBe('2024-03-15');
  });
});
