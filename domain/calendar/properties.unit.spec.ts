import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { loadCalendar } from '../../policies/calendar/load.ts';
import type { CalendarDay, WorkingCalendar } from '../../schemas/calendar.ts';
import { startOfDay } from './clock.ts';
import { dateOf, dayNumber, weekdayOf } from './days.ts';
import { dueDate } from './due-date.ts';
import { addWorkingDays, isWorkingDay } from './working-days.ts';

const calendar = loadCalendar();
const start = startOfDay(dayNumber('2024-01-08'), calendar.offsetMinutes);
const end = startOfDay(dayNumber('2026-11-01'), calendar.offsetMinutes);

const receipt = fc.integer({ min: start, max: end });
const amount = fc.integer({ min: 0, max: 20 });
const unit = fc.constantFrom('working_days', 'calendar_days');
const date = fc.integer({ min: dayNumber('2024-03-01'), max: dayNumber('2026-10-01') }).map(dateOf);
const cutOff = fc.constantFrom(null, '00:00', '11:30', '17:00', '23:59');

const withCutOff = (value: string | null): WorkingCalendar => ({
  ...calendar,
  rules: { ...calendar.rules, receiptCutOff: { ...calendar.rules.receiptCutOff, value } },
});

const withDayOff = (on: string): WorkingCalendar => {
  const day: CalendarDay = {
    date: on,
    weekday: weekdayOf(dayNumber(on)),
    kind: 'ONE_OFF',
    name: 'Nghỉ một lần',
    nameEn: 'One-off day',
    basis: 'Ví dụ',
    basisEn: 'Example',
    confidence: 'M',
  };
  return { ...calendar, days: [...calendar.days, day] };
};

describe('due dates', () => {
  test.prop([receipt, fc.nat(30 * 86_400_000), amount, unit, cutOff])(
    'never come earlier for a later receipt',
    (receivedAt, later, n, of, cut) => {
      const by = withCutOff(cut);
      const limit = { amount: n, unit: of };
      const first = dueDate(by, { receivedAt, limit });
      expect(dueDate(by, { receivedAt: receivedAt + later, limit }).dueAt).toBeGreaterThanOrEqual(
        first.dueAt,
      );
    },
  );

  test.prop([receipt, amount, fc.nat(10), unit])(
    'never come earlier for a longer limit',
    (receivedAt, n, more, of) => {
      const first = dueDate(calendar, { receivedAt, limit: { amount: n, unit: of } });
      const second = dueDate(calendar, { receivedAt, limit: { amount: n + more, unit: of } });
      expect(second.dueAt).toBeGreaterThanOrEqual(first.dueAt);
    },
  );

  test.prop([receipt, amount, unit, fc.nat(40)])(
    'never come earlier when a day off is added',
    (receivedAt, n, of, ahead) => {
      const period = { receivedAt, limit: { amount: n, unit: of } };
      const before = dueDate(calendar, period);
      const added = withDayOff(dateOf(dayNumber(before.receivedOn) + ahead));
      expect(dueDate(added, period).dueAt).toBeGreaterThanOrEqual(before.dueAt);
    },
  );

  test.prop([receipt, amount, unit])('are working days, whatever the unit', (receivedAt, n, of) => {
    const { dueOn } = dueDate(calendar, { receivedAt, limit: { amount: n, unit: of } });
    expect(isWorkingDay(calendar, dueOn)).toBe(true);
  });

  test.prop([receipt, amount])(
    'in calendar days lie at least so many days after receipt',
    (receivedAt, n) => {
      const { receivedOn, dueOn } = dueDate(calendar, {
        receivedAt,
        limit: { amount: n, unit: 'calendar_days' },
      });
      expect(dayNumber(dueOn)).toBeGreaterThanOrEqual(dayNumber(receivedOn) + n);
    },
  );

  test.prop([receipt, amount])(
    'in working days have exactly so many working days after receipt',
    (receivedAt, n) => {
      fc.pre(n > 0);
      const { receivedOn, dueOn } = dueDate(calendar, {
        receivedAt,
        limit: { amount: n, unit: 'working_days' },
      });
      let counted = 0;
      for (let day = dayNumber(receivedOn) + 1; day <= dayNumber(dueOn); day += 1)
        if (isWorkingDay(calendar, dateOf(day))) counted += 1;
      expect(counted).toBe(n);
    },
  );
});

describe('working days', () => {
  test.prop([date, fc.integer({ min: -20, max: 20 })])(
    'added and taken away again lead back to the same working day',
    (from, n) => {
      fc.pre(isWorkingDay(calendar, from));
      expect(addWorkingDays(calendar, addWorkingDays(calendar, from, n), -n)).toBe(from);
    },
  );

  test.prop([date, fc.nat(10), fc.nat(10)])(
    'may be added at once or one after the other',
    (from, n, more) => {
      fc.pre(n > 0);
      expect(addWorkingDays(calendar, addWorkingDays(calendar, from, n), more)).toBe(
        addWorkingDays(calendar, from, n + more),
      );
    },
  );
});
