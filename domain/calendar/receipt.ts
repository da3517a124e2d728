import { clock, localTime, minuteOf } from './clock.ts';
import { dateOf } from './days.ts';
import { type CalendarIndex, mustCover, nearestWorking, works } from './index-calendar.ts';
import type { Step } from './step.ts';

/**
 * The day number that counts as the day of receipt of an instant (epoch ms). A cut-off moves it to the next calendar
 * day, not the next working day: otherwise a dossier of Friday evening would be due later than one of Saturday.
 */
export function receiptDay(index: CalendarIndex, receivedAt: number): { day: number; why: Step[] } {
  const { rules, offsetMinutes } = index.calendar;
  const { day, minute } = localTime(receivedAt, offsetMinutes);
  mustCover(index, day);
  const why: Step[] = [{ type: 'RECEIVED', on: dateOf(day), at: clock(minute) }];
  const cutOff = rules.receiptCutOff.value;
  const late = cutOff !== null && minute >= minuteOf(cutOff);
  const taken = late ? day + 1 : day;
  if (late) why.push({ type: 'AFTER_CUT_OFF', cutOff, receivedOn: dateOf(taken), rule: 'receiptCutOff' });
  if (works(index, taken)) return { day: taken, why };
  const moved = rules.receiptOnDayOff.value === 'KEEP' ? taken : nearestWorking(index, taken);
  const listed = index.off.get(taken);
  why.push({
    type: 'RECEIVED_ON_DAY_OFF',
    on: dateOf(taken),
    ...(listed ? { day: listed } : {}),
    ...(moved === taken ? {} : { movedTo: dateOf(moved) }),
    rule: 'receiptOnDayOff',
  });
  return { day: moved, why };
}
