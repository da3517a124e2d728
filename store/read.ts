import { DomainError } from '../domain/error.ts';
import type { EventActor, LoggedEvent, LoggedFact } from '../schemas/case.ts';
import { parseBody } from './body.ts';
import type { Queryable } from './pool.ts';

/** Columns of a row of the log as `toEvent` needs them. */
export const EVENT_COLUMNS = `position, orgeid.instant_us(recorded_at) as recorded_at, body,
  encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash`;

export type EventRow = {
  readonly position: string;
  readonly recorded_at: string;
  readonly body: string;
  readonly prev_hash: string;
  readonly hash: string;
};

/** An event as the log holds it. */
export function toEvent(row: EventRow): LoggedEvent {
  const { data, ...body } = parseBody(row.body);
  return {
    ...body,
    data: data as Record<string, unknown>,
    position: Number(row.position),
    recordedAt: row.recorded_at,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

/** The same event as a case needs it to catch up. */
export function toFact(text: string): LoggedFact {
  const { stream: _, ...fact } = parseBody(text);
  return fact;
}

/** Events of a stream after a version, in order. */
export async function readStream(db: Queryable, stream: string, afterVersion = 0): Promise<LoggedEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'stream',
    text: `select ${EVENT_COLUMNS} from orgeid.events where stream = $1 and version > $2 order by version`,
    values: [stream, afterVersion],
  });
  return rows.map(toEvent);
}

/** The same as facts. */
export async function readFacts(db: Queryable, stream: string, afterVersion = 0): Promise<LoggedFact[]> {
  const { rows } = await db.query<{ body: string }>({
    name: 'facts',
    text: 'select body from orgeid.events where stream = $1 and version > $2 order by version',
    values: [stream, afterVersion],
  });
  return rows.map(({ body }) => toFact(body));
}

/** At most `limit` events of the whole log after a position, in order. */
export async function readLog(db: Queryable, afterPosition: number, limit: number): Promise<LoggedEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'log',
    text: `select ${EVENT_COLUMNS} from orgeid.events where position > $1 order by position limit $2`,
    values: [afterPosition, limit],
  });
  return rows.map(toEvent);
}

/** Position and hash of the last event; position 0 and 64 zeros for an empty log. */
export async function readHead(db: Queryable): Promise<{ position: number; hash: string }> {
  const { rows } = await db.query<{ position: string; hash: string }>({
    name: 'head',
    text: `select position, encode(hash, 'hex') as hash from orgeid.log_head`,
  });
  const row = rows[0];
  if (!row) throw new DomainError('EID_ERR_LOG_BROKEN', { reason: 'no head' });
  return { position: Number(row.position), hash: row.hash };
}

/** Events that a command wrote into a stream; empty when it wrote none. */
export async function findCommand(db: Queryable, stream: string, commandId: string): Promise<LoggedEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'command',
    text: `select ${EVENT_COLUMNS} from orgeid.events where stream = $1 and command_id = $2 order by version`,
    values: [stream, commandId],
  });
  return rows.map(toEvent);
}

/** The part of an actor that an event keeps. */
export const eventActor = ({ id, name, unit }: EventActor): EventActor => ({
  id,
  name,
  ...(unit === undefined ? {} : { unit }),
});
