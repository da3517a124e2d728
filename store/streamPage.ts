import type { LoggedEvent } from '../schemas/case.ts';
import type { Queryable } from './pool.ts';
import { EVENT_COLUMNS, type EventRow, toEvent } from './read.ts';

/** At most `limit` events of a stream after a version, in order. */
export async function readStreamPage(
  db: Queryable,
  stream: string,
  afterVersion: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'stream-page',
    text: `select ${EVENT_COLUMNS} from orgeid.events where stream = $1 and version > $2 order by version limit $3`,
    values: [stream, afterVersion, limit],
  });
  return rows.map(toEvent);
}
