import type pg from 'pg';
import { evolveAccount } from '../domain/account/evolve.ts';
import { initialAccount } from '../domain/account/state.ts';
import { statusEntry, type VisibleState } from '../domain/account/status.ts';
import type { AccountState } from '../schemas/account.ts';
import type { AccountStatusEntry } from '../schemas/account-status.ts';
import type { Queryable } from './pool.ts';
import { readHead, toFact } from './read.ts';
import { inSnapshot } from './snapshot.ts';

const PAGE = 256;
const EVENTS_PAGE = 1000;

type Row = { readonly state: VisibleState; readonly position: string; readonly at: Date };

/** The row of an account and the event that it was made with: written in one transaction, read in one statement. */
const ENTRY = `select c.stream, e.position, e.at, jsonb_build_object(
    'status', c.state->'status', 'number', c.state->'number',
    'grounds', coalesce(c.state->'grounds', '[]'), 'seq', coalesce(c.state->'seq', '0')) as state
  from orgeid.cases c join orgeid.events e on e.stream = c.stream and e.version = c.version`;

const entriesIn = (rows: readonly Row[]): AccountStatusEntry[] =>
  rows.flatMap(({ state, position, at }) => statusEntry(state, Number(position), at.toISOString()) ?? []);

/** Of at most `limit` events after a position: the last one's position, and the accounts that any of them is of. */
export async function readTouched(
  db: Queryable,
  after: number,
  limit: number,
): Promise<{ reached: number; streams: string[] }> {
  const { rows } = await db.query<{ reached: string | null; streams: string[] | null }>({
    name: 'touched-accounts',
    text: `select max(position) as reached,
        array_agg(distinct stream) filter (where stream like 'account-%') as streams
      from (select position, stream from orgeid.events where position > $1 order by position limit $2) latest`,
    values: [after, limit],
  });
  return { reached: Number(rows[0]?.reached ?? after), streams: rows[0]?.streams ?? [] };
}

/** What the status bucket is to hold of some accounts, as their read models have them now. */
export async function readEntries(db: Queryable, streams: readonly string[]): Promise<AccountStatusEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'account-status',
    text: `${ENTRY} where c.stream = any($1)`,
    values: [streams],
  });
  return entriesIn(rows);
}

/** The same of all accounts, a page at a time. */
export async function* readAllEntries(db: Queryable): AsyncGenerator<AccountStatusEntry[], void> {
  for (let last: string | undefined = ''; last !== undefined; ) {
    const { rows }: { rows: (Row & { stream: string })[] } = await db.query({
      name: 'all-account-status',
      text: `${ENTRY} where c.type = 'account' and c.stream > $1 order by c.stream limit ${PAGE}`,
      values: [last],
    });
    yield entriesIn(rows);
    last = rows.length < PAGE ? undefined : rows.at(-1)?.stream;
  }
}

/** What folding the events of every account anew gives in one snapshot; `position` is that of the log then. */
export type FoldedStatus = { readonly position: number; readonly entries: readonly AccountStatusEntry[] };

/** Folds all accounts from their events alone, a page of accounts at a time. */
export const foldEntries = (pool: pg.Pool): AsyncGenerator<FoldedStatus, void> =>
  inSnapshot(pool, async function* (client) {
    const { position } = await readHead(client);
    let entries: AccountStatusEntry[] = [];
    for await (const { state, last } of foldAccounts(client)) {
      entries.push(...entriesIn([{ state, position: last.position, at: new Date(last.at) }]));
      if (entries.length < PAGE) continue;
      yield { position, entries };
      entries = [];
    }
    yield { position, entries };
  });

type EventRow = {
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly at: Date;
  readonly body: string;
};
type Folding = { readonly state: AccountState; readonly last: EventRow };

async function* foldAccounts(db: Queryable): AsyncGenerator<Folding, void> {
  let open: Folding | undefined;
  for await (const row of accountEvents(db)) {
    if (open && open.last.stream !== row.stream) {
      yield open;
      open = undefined;
    }
    const before: AccountState = open?.state ?? initialAccount(row.stream);
    // The log holds of an account only what its own decide made.
    const fact = toFact(row.body) as Parameters<typeof evolveAccount>[1];
    open = { state: evolveAccount(before, fact), last: row };
  }
  if (open) yield open;
}

async function* accountEvents(db: Queryable): AsyncGenerator<EventRow, void> {
  for (let last: EventRow | undefined, more = true; more; ) {
    const { rows }: { rows: EventRow[] } = await db.query<EventRow>(
      `select stream, version, position, at, body from orgeid.events
       where stream like 'account-%' and (stream, version) > ($1, $2)
       order by stream, version limit ${EVENTS_PAGE}`,
      [last?.stream ?? '', last?.version ?? 0],
    );
    yield* rows;
    last = rows.at(-1);
    more = rows.length === EVENTS_PAGE;
  }
}
