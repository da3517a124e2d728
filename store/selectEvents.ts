import type { Queryable } from './pool.ts';
import { EVENT_COLUMNS, type EventRow } from './read.ts';

/** Which events: of one stream, of the cases whose unit this is, recorded in a period (`to` not included), or all. */
export type EventSelection =
  | { readonly kind: 'CASE'; readonly stream: string }
  | { readonly kind: 'UNIT'; readonly unit: string }
  | { readonly kind: 'PERIOD'; readonly from: string; readonly to: string }
  | { readonly kind: 'ALL' };

const PAGE = 1000;

/** Events of a selection up to a position, in order of position, a page in memory. */
export async function* selectEvents(
  db: Queryable,
  selection: EventSelection,
  upTo: number,
): AsyncGenerator<EventRow> {
  const { where, values } = condition(selection);
  for (let after = '0'; ; ) {
    const { rows } = await db.query<EventRow>(
      `select ${EVENT_COLUMNS} from orgeid.events
       where position > $1 and position <= $2 ${where} order by position limit ${PAGE}`,
      [after, upTo, ...values],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.position;
  }
}

/** Names of the policy versions under which the selected cases run, sorted. */
export async function policiesOf(db: Queryable, selection: EventSelection): Promise<string[]> {
  const { where, values } = condition(selection, 1);
  const { rows } = await db.query<{ version: string }>(
    `select distinct policy_version as version from orgeid.cases c
     where exists (select from orgeid.events where events.stream = c.stream ${where}) order by 1`,
    [...values],
  );
  return rows.map(({ version }) => version);
}

function condition(
  selection: EventSelection,
  first = 3,
): { readonly where: string; readonly values: readonly string[] } {
  switch (selection.kind) {
    case 'CASE':
      return { where: `and stream = $${first}`, values: [selection.stream] };
    case 'UNIT':
      return {
        where: `and stream in (select own.stream from orgeid.cases own where own.unit = $${first})`,
        values: [selection.unit],
      };
    case 'PERIOD':
      return {
        where: `and recorded_at >= $${first} and recorded_at < $${first + 1}`,
        values: [selection.from, selection.to],
      };
    case 'ALL':
      return { where: '', values: [] };
  }
}
