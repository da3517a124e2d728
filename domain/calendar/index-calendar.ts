import type { CalendarDay, WorkingCalendar } from '../../schemas/calendar.ts';
import { DomainError } from '../error.ts';
import { dateOf, dayNumber, weekdayOf } from './days.ts';

/** A calendar by day number. A day that is both off and made up is off. */
export type CalendarIndex = {
  readonly calendar: WorkingCalendar;
  readonly first: number;
  readonly last: number;
  readonly off: ReadonlyMap<number, CalendarDay>;
  readonly makeUp: ReadonlyMap<number, CalendarDay>;
  readonly undecided: ReadonlyMap<number, CalendarDay>;
};

const known = new WeakMap<WorkingCalendar, CalendarIndex>();

/** The index of a calendar, made once for each calendar object, which must not change afterwards. */
export function indexCalendar(calendar: WorkingCalendar): CalendarIndex {
  const made = known.get(calendar);
  if (made) return made;
  const off = new Map<number, CalendarDay>();
  const makeUp = new Map<number, CalendarDay>();
  const undecided = new Map<number, CalendarDay>();
  for (const day of calendar.days) {
    const of = day.confidence === 'U' ? undecided : day.kind === 'MAKE_UP_WORKING' ? makeUp : off;
    of.set(dayNumber(day.date), day);
  }
  const [first, last] = [dayNumber(calendar.validFrom), dayNumber(calendar.validTo)];
  const index = { calendar, first, last, off, makeUp, undecided };
  known.set(calendar, index);
  return index;
}

/**
 * Whether a day number is a working day.
 *
 * @throws DomainError `EID_ERR_CALENDAR_RANGE` outside the calendar's validity
 */
export function works(index: CalendarIndex, day: number): boolean {
  mustCover(index, day);
  if (index.off.has(day)) return false;
  return index.makeUp.has(day) || !index.calendar.weeklyDaysOff.includes(weekdayOf(day));
}

/** Refuses a day that the calendar does not cover: nobody knows yet which days of it will be days off. */
export function mustCover({ calendar, first, last }: CalendarIndex, day: number): void {
  if (day >= first && day <= last) return;
  const { version, validFrom, validTo } = calendar;
  throw new DomainError('EID_ERR_CALENDAR_RANGE', { date: dateOf(day), version, validFrom, validTo });
}

/** The first working day on or after a day (`step` 1), or on or before it (`step` -1). */
export function nearestWorking(index: CalendarIndex, day: number, step: 1 | -1 = 1): number {
  let at = day;
  while (!works(index, at)) at += step;
  return at;
}
