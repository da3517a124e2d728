import { dayNumber, weekdayOf } from '../../domain/calendar/days.ts';
import type { CalendarDay, WorkingCalendar } from '../../schemas/calendar.ts';

/** What is wrong with a policy file, and where in it. */
export type Problem = { readonly path: string; readonly message: string };

/** What a calendar of the right shape may still get wrong; empty when it holds together. */
export function checkCalendar(calendar: WorkingCalendar): Problem[] {
  const problems = calendar.days.flatMap((day, at) =>
    dayProblems(calendar, day, at).map((message) => ({ path: `days[${at}].date ${day.date}`, message })),
  );
  if (calendar.validFrom <= calendar.validTo) return problems;
  return [{ path: 'validTo', message: 'is before validFrom' }, ...problems];
}

function dayProblems(calendar: WorkingCalendar, day: CalendarDay, at: number): string[] {
  const { weeklyDaysOff, validFrom, validTo } = calendar;
  const weekday = weekdayOf(dayNumber(day.date));
  const first = calendar.days.findIndex((other) => other.date === day.date);
  const weekly = weeklyDaysOff.includes(weekday);
  const found: string[] = [];
  if (first !== at) found.push(`is listed already as days[${first}]`);
  if (day.date < validFrom || day.date > validTo) found.push(`lies outside ${validFrom} to ${validTo}`);
  if (day.weekday !== weekday) found.push(`is a ${weekday}, not a ${day.weekday}`);
  if (day.kind === 'MAKE_UP_WORKING' && !weekly)
    found.push('is a make-up day, but the day is a working day anyway');
  if (weekly && (day.kind === 'IN_LIEU' || day.kind === 'SWAPPED_OFF'))
    found.push(`is ${day.kind}, but the day is a weekly day off anyway`);
  return [...found, ...pairProblems(calendar, day)];
}

const partnerKinds: Partial<Record<CalendarDay['kind'], CalendarDay['kind']>> = {
  IN_LIEU: 'HOLIDAY',
  SWAPPED_OFF: 'MAKE_UP_WORKING',
  MAKE_UP_WORKING: 'SWAPPED_OFF',
};

/** Half of a swap would lengthen or shorten every period over it. */
function pairProblems(calendar: WorkingCalendar, day: CalendarDay): string[] {
  const wanted = partnerKinds[day.kind];
  if (!wanted || day.confidence === 'U') return [];
  const partner = calendar.days.find((other) => other.date === day.pairedWith);
  if (partner?.kind !== wanted || partner.confidence === 'U')
    return [`is ${day.kind}, so pairedWith must name a day of kind ${wanted}`];
  const swap = day.kind !== 'IN_LIEU';
  return swap && partner.pairedWith !== day.date
    ? [`is not the day that ${partner.date} is paired with`]
    : [];
}
