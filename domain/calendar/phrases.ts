import type { Weekday } from '../../schemas/calendar.ts';
import type { LocalDate } from '../../schemas/codes.ts';
import { dayNumber, weekdayOf } from './days.ts';

/** Languages of explanations. */
export type Language = 'vi' | 'en';

const names: Record<Language, Record<Weekday, string>> = {
  vi: {
    MON: 'thứ Hai',
    TUE: 'thứ Ba',
    WED: 'thứ Tư',
    THU: 'thứ Năm',
    FRI: 'thứ Sáu',
    SAT: 'thứ Bảy',
    SUN: 'Chủ nhật',
  },
  en: {
    MON: 'Monday',
    TUE: 'Tuesday',
    WED: 'Wednesday',
    THU: 'Thursday',
    FRI: 'Friday',
    SAT: 'Saturday',
    SUN: 'Sunday',
  },
};

/** `24/01/2025`. */
export const dayMonthYear = (date: LocalDate): string => date.split('-').reverse().join('/');

/** `thứ Sáu 24/01/2025`, `Friday 24/01/2025`. */
export const longDate = (date: LocalDate, language: Language): string =>
  `${names[language][weekdayOf(dayNumber(date))]} ${dayMonthYear(date)}`;

/** `27–31/01/2025`, `31/01–02/02/2026`: the shortest form that stays unambiguous. */
export function span(from: LocalDate, to: LocalDate): string {
  if (from === to) return dayMonthYear(from);
  const [year, month, day] = from.split('-');
  if (to.startsWith(`${year}-${month}`)) return `${day}–${dayMonthYear(to)}`;
  return to.startsWith(`${year}`)
    ? `${day}/${month}–${dayMonthYear(to)}`
    : `${dayMonthYear(from)}–${dayMonthYear(to)}`;
}
