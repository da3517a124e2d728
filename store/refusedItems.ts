import type { ErrorCode } from '../schemas/errors.ts';
import type { Queryable } from './pool.ts';

/** An item of a list of commands that was refused. */
export type RefusedItem = {
  readonly commandId: string;
  readonly stream: string;
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
};

/** Those of a person's items that were refused before, by command id. What the log holds was not refused, whoever noted it so. */
export async function refusedItems(
  db: Queryable,
  actorId: string,
  commandIds: readonly string[],
): Promise<ReadonlyMap<string, RefusedItem>> {
  const { rows } = await db.query<RefusedItem>({
    name: 'refused-items',
    text: `select r.command_id as "commandId", r.stream, r.code, r.details from orgeid.refused_items r
      where r.command_id = any ($1) and r.actor = $2
        and not exists (select from orgeid.events e where e.stream = r.stream and e.command_id = r.command_id)`,
    values: [commandIds, actorId],
  });
  return new Map(rows.map((row) => [row.commandId, row]));
}

/** Notes refusals before anybody is told of them; the first that is noted of a command stays. */
export async function noteRefusedItems(
  db: Queryable,
  actorId: string,
  items: readonly RefusedItem[],
): Promise<void> {
  if (items.length === 0) return;
  await db.query({
    name: 'note-refused-items',
    text: `insert into orgeid.refused_items (command_id, actor, stream, code, details)
      select r."commandId", $2, r.stream, r.code, r.details
      from jsonb_to_recordset($1::jsonb) as r ("commandId" text, stream text, code text, details jsonb)
      on conflict (command_id) do nothing`,
    values: [JSON.stringify(items), actorId],
  });
}

/** Forgets refusals noted before an instant (ISO 8601); returns how many. */
export async function forgetRefusedItems(db: Queryable, before: string): Promise<number> {
  const { rowCount } = await db.query('delete from orgeid.refused_items where refused_at < $1', [before]);
  return rowCount ?? 0;
}
