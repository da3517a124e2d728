import type { CalendarDay } from '../../schemas/calendar.ts';
import { dateOf } from './days.ts';
import { type CalendarIndex, mustCover, nearestWorking, works } from './index-calendar.ts';
import type { Step } from './step.ts';

type Counted = { day: number; why: Step[] };

/** The last day of a period that begins with receipt on a day number, with the reasons. */
export function countDays(
  index: CalendarIndex,
  receipt: number,
  amount: number,
  unit: 'working_days' | 'calendar_days',
): Counted {
  if (amount === 0 && unit === 'working_days') {
    const day = nearestWorking(index, receipt);
    return { day, why: [{ type: 'ZERO_DAYS', on: dateOf(day), rule: 'zeroWorkingDays' }] };
  }
  const receiptCounted = index.calendar.rules.dayOfReceiptCounts.value;
  const first = receiptCounted ? receipt : receipt + 1;
  const from: Step = { type: 'COUNTED_FROM', on: dateOf(first), receiptCounted, rule: 'dayOfReceiptCounts' };
  if (unit === 'working_days') {
    const { day, why } = countWorking(index, first, amount);
    return { day, why: [from, ...why] };
  }
  const { day, why } = rollOver(index, amount === 0 ? receipt : first + amount - 1);
  return { day, why: amount === 0 ? why : [from, ...why] };
}

function countWorking(index: CalendarIndex, first: number, amount: number): Counted {
  const why: Step[] = [];
  let day = first - 1;
  for (let left = amount; left > 0; ) {
    day += 1;
    if (works(index, day)) {
      left -= 1;
      const makeUp = index.makeUp.get(day);
      if (makeUp) why.push({ type: 'MAKE_UP_DAY', on: dateOf(day), day: makeUp, rule: 'makeUpDay' });
    } else skip(why, day, index.off.get(day));
  }
  return { day, why };
}

/** Adds a day off to the steps, to the one before it when both have the same cause. */
function skip(why: Step[], at: number, day: CalendarDay | undefined): void {
  const before = why.at(-1);
  if (before?.type === 'SKIPPED' && before.to === dateOf(at - 1) && sameCause(before.day, day))
    why[why.length - 1] = { ...before, to: dateOf(at) };
  else why.push({ type: 'SKIPPED', from: dateOf(at), to: dateOf(at), ...(day ? { day } : {}) });
}

const sameCause = (one: CalendarDay | undefined, other: CalendarDay | undefined) =>
  one?.kind === other?.kind && one?.name === other?.name && one?.basis === other?.basis;

function rollOver(index: CalendarIndex, last: number): Counted {
  mustCover(index, last);
  const makeUp = index.makeUp.get(last);
  if (works(index, last)) {
    if (!makeUp) return { day: last, why: [] };
    return { day: last, why: [{ type: 'MAKE_UP_DAY', on: dateOf(last), day: makeUp, rule: 'makeUpDay' }] };
  }
  const listed = index.off.get(last);
  const why: Step[] = [{ type: 'ENDED_ON_DAY_OFF', on: dateOf(last), ...(listed ? { day: listed } : {}) }];
  if (index.calendar.rules.lastDayOff.value === 'KEEP') return { day: last, why };
  const day = nearestWorking(index, last);
  return { day, why: [...why, { type: 'ROLLED_OVER', to: dateOf(day), rule: 'lastDayOff' }] };
}
