import { startOfDay } from '../../domain/calendar/clock.ts';
import { dayNumber } from '../../domain/calendar/days.ts';

const shape =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/;

/**
 * Epoch ms of a date, or date and time, as officers write it; a date alone is its first instant.
 *
 * @param offsetMinutes offset that applies where the text has none
 * @returns undefined when the text is no existing date and time
 */
export function parseReceivedAt(text: string, offsetMinutes: number): number | undefined {
  const [, date, hour = '0', minute = '0', second = '0', fraction = '0', zone] =
    shape.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const day = existing(date);
  if (day === undefined) return undefined;
  const ofDay = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return startOfDay(day, minutesOf(zone) ?? offsetMinutes) + ofDay * 1000 + Number(fraction.padEnd(3, '0'));
}

function existing(date: string): number | undefined {
  try {
    return dayNumber(date);
  } catch {
    return undefined;
  }
}

function minutesOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
