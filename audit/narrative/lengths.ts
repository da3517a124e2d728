import { localTime, startOfDay } from '../../domain/calendar/clock.ts';
import { dateOf } from '../../domain/calendar/days.ts';
import { indexCalendar, works } from '../../domain/calendar/index-calendar.ts';
import { inVietnam } from '../../domain/calendar/local-time.ts';
import { dayMonthYear } from '../../domain/calendar/phrases.ts';
import { DomainError } from '../../domain/error.ts';
import { toMs } from '../../domain/time.ts';
import type { WorkingCalendar } from '../../schemas/calendar.ts';
import type { Limit } from '../../schemas/policy.ts';
import { type Both, both } from './both.ts';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many ms in the largest unit that says it without a rest, or nearly. */
export function duration(ms: number): Both {
  if (ms >= 2 * DAY_MS) return inUnits(Math.floor(ms / DAY_MS), 'ngày', 'day');
  if (ms >= HOUR_MS) return inUnits(Math.floor(ms / HOUR_MS), 'giờ', 'hour');
  if (ms >= MINUTE_MS) return inUnits(Math.floor(ms / MINUTE_MS), 'phút', 'minute');
  if (ms >= 1000) return inUnits(Math.floor(ms / 1000), 'giây', 'second');
  return inUnits(ms, 'mili giây', 'millisecond');
}

const inUnits = (count: number, vi: string, en: string): Both => both(`${count} ${vi}`, plural(count, en));

/** A limit of law in words. */
export function limitInWords({ amount, unit }: Limit): Both {
  switch (unit) {
    case 'working_days':
      return both(`${amount} ngày làm việc`, plural(amount, 'working day'));
    case 'calendar_days':
      return both(`${amount} ngày`, plural(amount, 'day'));
    case 'milliseconds':
      return duration(amount);
  }
}

const OFFSET_MINUTES = 420;

/** The end of a limit: of a day, where it ends at midnight in Viet Nam; else the time on the clock. */
export function endInWords(dueAt: string): Both {
  const { day } = localTime(toMs(dueAt), OFFSET_MINUTES);
  if (startOfDay(day, OFFSET_MINUTES) !== toMs(dueAt)) return both(inVietnam(dueAt), inVietnam(dueAt));
  const date = dayMonthYear(dateOf(day - 1));
  return both(`hết ngày ${date}`, `the end of ${date}`);
}

/**
 * By how much a step is late: the working days from the end of the limit to the day of the step, that day included when it is one. Where
 * the calendar does not reach so far, or no working day has passed yet, the time on the clock.
 *
 * @param dueAt when the limit was over, ISO 8601 UTC
 * @param at not before it
 */
export function lateness(calendar: WorkingCalendar, dueAt: string, at: string, limit?: Limit): Both {
  const byClock = duration(toMs(at) - toMs(dueAt));
  if (limit?.unit === 'milliseconds') return byClock;
  const days = workingDays(calendar, dueAt, at);
  return days === undefined || days === 0
    ? byClock
    : both(`${days} ngày làm việc`, plural(days, 'working day'));
}

function workingDays(calendar: WorkingCalendar, dueAt: string, at: string): number | undefined {
  const index = indexCalendar(calendar);
  const day = (instant: string) => localTime(toMs(instant), calendar.offsetMinutes).day;
  let count = 0;
  try {
    for (let each = day(dueAt); each <= day(at); each += 1) count += works(index, each) ? 1 : 0;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'EID_ERR_CALENDAR_RANGE') return undefined;
    throw error;
  }
  return count;
}
