import type { FieldSetting } from '../../schemas/matching.ts';
import { conflict, doubt, judge, say, type Verdict } from './verdict.ts';

export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?(?:z|\+07:00)?)?$/;
const dayFirst = /^(?:ngày )?(\d{1,2})(?:[-/.]| tháng )(\d{1,2})(?:[-/.]| năm )(\d{4})$/;

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date written year first or, as in Viet Nam, day first (`dd/mm/yyyy`, `ngày … tháng … năm …`). */
export function readDate(text: string): CalendarDay | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  const iso = yearFirst.exec(plain);
  const local = dayFirst.exec(plain);
  const [year, month, day] = iso
    ? iso.slice(1, 4).map(Number)
    : local
      ? [local[3], local[2], local[1]].map(Number)
      : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && !leap ? 28 : (lengths[month - 1] ?? 0);
  return day >= 1 && day <= last ? { year, month, day } : undefined;
}

/** Compares dates; day and month changed over go to a person. */
export function compareDate({ personFrom }: FieldSetting, a: string, b: string): Verdict {
  const [left, right] = [readDate(a), readDate(b)];
  if (!left || !right) {
    return judge(
      [doubt('ngày không đọc được chắc chắn', 'a date cannot be read with certainty')],
      0,
      personFrom,
    );
  }
  const sameYear = left.year === right.year;
  if (sameYear && left.month === right.month && left.day === right.day) {
    return {
      outcome: 'equivalent',
      score: 1,
      why: say('cùng một ngày, khác cách ghi', 'the same day, written differently'),
    };
  }
  if (sameYear && left.month === right.day && left.day === right.month) {
    return judge(
      [doubt('ngày và tháng đổi chỗ cho nhau', 'day and month are changed over')],
      0.8,
      personFrom,
    );
  }
  return judge([conflict('khác ngày', 'different dates')], 0, personFrom);
}
