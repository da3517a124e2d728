import type { WorkingCalendar } from '../../schemas/calendar.ts';
import type { LocalDate } from '../../schemas/codes.ts';
import { dateOf, dayNumber } from './days.ts';
import { indexCalendar, nearestWorking, works } from './index-calendar.ts';

/**
 * Whether state bodies work on a date.
 *
 * @throws DomainError `EID_ERR_CALENDAR_RANGE` outside the calendar's validity, `EID_ERR_SHAPE` for no date
 */
export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean {
  return works(indexCalendar(calendar), dayNumber(date));
}

/**
 * The date so many working days after `date`, or before it when `days` is negative. No days: the date itself, or the
 * next working day when it is a day off.
 *
 * @param days whole number of working days
 * @throws DomainError `EID_ERR_CALENDAR_RANGE` outside the calendar's validity, `EID_ERR_SHAPE` for no date
 */
export function addWorkingDays(calendar: WorkingCalendar, date: LocalDate, days: number): LocalDate {
  const index = indexCalendar(calendar);
  const step = days < 0 ? -1 : 1;
  let at = dayNumber(date);
  if (days === 0) return dateOf(nearestWorking(index, at));
  for (let left = Math.abs(days); left > 0; left -= 1) at = nearestWorking(index, at + step, step);
  return dateOf(at);
}
