const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** The local day number and minute of the day of an instant (epoch ms), so many minutes ahead of UTC. */
export function localTime(at: number, offsetMinutes: number): { day: number; minute: number } {
  const minutes = Math.floor(at / MINUTE_MS) + offsetMinutes;
  const day = Math.floor(minutes / DAY_MINUTES);
  return { day, minute: minutes - day * DAY_MINUTES };
}

/** Epoch ms of the first instant of a local day. */
export function startOfDay(day: number, offsetMinutes: number): number {
  return (day * DAY_MINUTES - offsetMinutes) * MINUTE_MS;
}

/** `HH:MM` of a minute of the day. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Minute of the day of `HH:MM`. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
