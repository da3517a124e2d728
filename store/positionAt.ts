import type { Queryable } from './pool.ts';

/**
 * The last position that the log held at an instant; 0 when it held nothing yet. Positions are in the order of recording and have no gaps,
 * so it is found by halving, with about 24 look-ups in a log of ten million events.
 *
 * @param at ISO 8601, to the microsecond
 * @param head last position of the log
 */
export async function positionAt(db: Queryable, at: string, head: number): Promise<number> {
  let held = 0;
  let beyond = head + 1;
  while (beyond - held > 1) {
    const middle = Math.floor((held + beyond) / 2);
    const { rows } = await db.query<{ by_then: boolean }>({
      name: 'recorded-by-then',
      text: 'select recorded_at <= $2::timestamptz as by_then from orgeid.events where position = $1',
      values: [middle, at],
    });
    if (rows[0]?.by_then) held = middle;
    else beyond = middle;
  }
  return held;
}

/** The present by the clock that events are recorded by: UTC, ISO 8601 with microseconds. */
export async function logClock(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ now: string }>('select orgeid.instant_us(clock_timestamp()) as now');
  return rows[0]?.now ?? '';
}
