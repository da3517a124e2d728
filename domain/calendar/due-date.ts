import type { WorkingCalendar } from '../../schemas/calendar.ts';
import type { LocalDate } from '../../schemas/codes.ts';
import type { Limit } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { localTime, startOfDay } from './clock.ts';
import { countDays } from './count-days.ts';
import { dateOf } from './days.ts';
import { indexCalendar } from './index-calendar.ts';
import { receiptDay } from './receipt.ts';
import type { Step } from './step.ts';

/** The last instant, in epoch ms, that ISO 8601 text of JavaScript can name. */
const LAST_INSTANT = 8.64e15;

/** What is counted: receipt in epoch ms, and the limit. */
export type Period = { readonly receivedAt: number; readonly limit: Limit };

/** When a period ends, and why. */
export type Due = {
  /** The day that counts as the day of receipt. */
  readonly receivedOn: LocalDate;
  /** The last day of the period; for a limit in milliseconds the local day of `dueAt`. */
  readonly dueOn: LocalDate;
  /** Epoch ms at which the period is over: the end of `dueOn`, which is the start of the day after it. */
  readonly dueAt: number;
  readonly why: readonly Step[];
};

/**
 * The end of a period by the calendar and its rules (Civil Code 2015 Arts 147, 148). A limit in milliseconds, by which
 * a rehearsal compresses days, knows no days off.
 *
 * @throws DomainError `EID_ERR_CALENDAR_RANGE` when a day it needs is outside the calendar's validity,
 *   `EID_ERR_SHAPE` for a limit or instant that is no whole number in range
 */
export function dueDate(calendar: WorkingCalendar, { receivedAt, limit }: Period): Due {
  mustBeWhole(receivedAt, limit);
  const { day } = localTime(receivedAt, calendar.offsetMinutes);
  if (limit.unit === 'milliseconds') {
    const dueAt = receivedAt + limit.amount;
    if (dueAt > LAST_INSTANT) throw new DomainError('EID_ERR_SHAPE', { limit });
    const dueOn = dateOf(localTime(dueAt, calendar.offsetMinutes).day);
    const why: Step[] = [
      { type: 'COMPRESSED', milliseconds: limit.amount },
      { type: 'DUE', on: dueOn },
    ];
    return { receivedOn: dateOf(day), dueOn, dueAt, why };
  }
  const index = indexCalendar(calendar);
  const receipt = receiptDay(index, receivedAt);
  const counted = countDays(index, receipt.day, limit.amount, limit.unit);
  const dueOn = dateOf(counted.day);
  const undecided: Step[] = [];
  for (const [at, entry] of index.undecided) {
    if (at >= day && at <= counted.day) undecided.push({ type: 'UNDECIDED', on: entry.date, day: entry });
  }
  return {
    receivedOn: dateOf(receipt.day),
    dueOn,
    dueAt: startOfDay(counted.day + 1, calendar.offsetMinutes),
    why: [...receipt.why, ...counted.why, ...undecided, { type: 'DUE', on: dueOn }],
  };
}

function mustBeWhole(receivedAt: number, limit: Limit): void {
  const inRange = Number.isFinite(receivedAt) && Math.abs(receivedAt) <= LAST_INSTANT;
  if (!inRange) throw new DomainError('EID_ERR_SHAPE', { receivedAt });
  if (!Number.isSafeInteger(limit.amount) || limit.amount < 0)
    throw new DomainError('EID_ERR_SHAPE', { limit });
}
