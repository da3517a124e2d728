import type { Weekday } from '../../schemas/calendar.ts';
import type { LocalDate } from '../../schemas/codes.ts';
import { DomainError } from '../error.ts';

/** Days of the week in ISO order, Monday first. */
export const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const satisfies Weekday[];

/**
 * Whole days since 1970-01-01 in the proleptic Gregorian calendar.
 *
 * @throws DomainError `EID_ERR_SHAPE` when the text is not an existing date `YYYY-MM-DD`
 */
export function dayNumber(date: LocalDate): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const number = fromCivil(Number(year), Number(month), Number(day));
  if (Number.isNaN(number) || dateOf(number) !== date) throw new DomainError('EID_ERR_SHAPE', { date });
  return number;
}

/** The date of a day number. */
export function dateOf(day: number): LocalDate {
  // Years counted from 1 March, so that a leap day is the last of its year; 400-year cycles of 146 097 days.
  const shifted = day + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const ofCycle = shifted - cycle * 146_097;
  const year = Math.floor(
    (ofCycle - Math.floor(ofCycle / 1460) + Math.floor(ofCycle / 36_524) - Math.floor(ofCycle / 146_096)) /
      365,
  );
  const ofYear = ofCycle - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const date = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  return `${pad(year + cycle * 400 + (month <= 2 ? 1 : 0), 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

/** The day of the week of a day number; day 0 was a Thursday. */
export function weekdayOf(day: number): Weekday {
  return weekdays[(((day + 3) % 7) + 7) % 7] ?? 'MON';
}

function fromCivil(year: number, month: number, date: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(shifted / 400);
  const ofCycle = shifted - cycle * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return (
    cycle * 146_097 + ofCycle * 365 + Math.floor(ofCycle / 4) - Math.floor(ofCycle / 100) + ofYear - 719_468
  );
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');
