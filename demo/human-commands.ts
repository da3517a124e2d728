import { systemActor } from '../domain/deciding.ts';
import type { Queryable } from '../store/pool.ts';

/** What people did, and how much of it they sent through the API. */
export type HumanCommands = {
  /** Commands of people that the log holds events of. */
  readonly commands: number;
  /** Those among them that no idempotency key of that very person was bound to: the API was passed by. */
  readonly elsewhere: readonly string[];
};

/** Compares the events of the log that people caused with the keys under which the API took commands. */
export async function humanCommands(db: Queryable): Promise<HumanCommands> {
  const { rows } = await db.query<{ commands: number; elsewhere: string[] }>(
    `with human as (
       select distinct stream, command_id, body::jsonb -> 'by' ->> 'id' as person from orgeid.events
       where body::jsonb -> 'by' ->> 'id' <> $1)
     select count(*)::int as commands,
       coalesce(array_agg(h.stream || ' by ' || h.person order by h.stream) filter (where k.key is null), '{}') as elsewhere
     from human h left join orgeid.command_keys k
       on k.key = h.command_id and k.stream = h.stream and k.actor = h.person`,
    [systemActor.id],
  );
  return rows[0] ?? { commands: 0, elsewhere: [] };
}
