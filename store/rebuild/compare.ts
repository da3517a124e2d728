import type { Queryable } from '../pool.ts';

/** A row that the log gives otherwise than it stands. Rows are as PostgreSQL writes them; absent where there is none. */
export type RowDifference = {
  readonly table: string;
  readonly key: string;
  readonly rebuilt?: string;
  readonly live?: string;
};

type Compared = {
  readonly key: readonly string[];
  /** Its rows are of no one case. */
  readonly ofMany?: true;
  /** What a row of the shadow is when it stands in the live table; itself when absent. */
  readonly rebuilt?: string;
};

/** Lanes have numbers of their own in each schema: a row is told by what its lane is. One that is not there yet has no number. */
const laneOf = (rows: string, columns: string): string =>
  `select l.id as lane, ${columns} from orgeid_rebuild.${rows} r
   join orgeid_rebuild.lanes s on s.id = r.lane
   left join orgeid.lanes l using (view, unit, role, kind, climbed, free, overdue)`;

const compared: Readonly<Record<string, Compared>> = {
  // The caretaker's own note of what it has looked at; the case is looked at once more where it is lost.
  cases: {
    key: ['stream'],
    rebuilt: `select r.stream, r.type, r.version, r.policy_version, r.state, r.status, r.title, r.unit, r.closed, r.overdue, r.due_at,
      r.next_deadline_at, r.waits, r.updated_at, coalesce(c.swept_version, 0) as swept_version
      from orgeid_rebuild.cases r left join orgeid.cases c using (stream)`,
  },
  tasks: { key: ['stream', 'task_id'] },
  inbox: {
    key: ['lane', 'due_key', 'opened_at', 'stream', 'task_id'],
    rebuilt: laneOf('inbox', 'r.due_key, r.opened_at, r.stream, r.task_id'),
  },
  lane_counts: {
    key: ['lane', 'due_minute'],
    ofMany: true,
    rebuilt: laneOf('lane_counts', 'r.due_minute, r.n'),
  },
  case_terms: { key: ['stream'] },
  case_codes: { key: ['stream', 'code'] },
  organisation_claims: { key: ['key'] },
};

/** Tables that are compared row by row, in the order in which they are put right. */
export const comparedTables: readonly string[] = Object.keys(compared);

/** Lanes that the log wants and that are not there; those that nothing is in any more stay. */
export const addLanes = (db: Queryable) =>
  db.query(
    `insert into orgeid.lanes (view, unit, role, kind, climbed, free, overdue)
     select view, unit, role, kind, climbed, free, overdue from orgeid_rebuild.lanes order by id on conflict do nothing`,
  );

/** Which rows are compared: all, or those of the cases that are suspected (and those that are of no one case). */
export type Reach = 'ALL' | 'SUSPECTS';

/** No case is suspected yet. */
export const clearSuspects = async (db: Queryable): Promise<void> => {
  await db.query(
    'drop table if exists orgeid_rebuild.suspects; create table orgeid_rebuild.suspects (stream text primary key)',
  );
};

/** Suspects the cases of whose rows in a table some differ. */
export async function suspectDiffering(db: Queryable, table: string): Promise<void> {
  const { key, ofMany } = spec(table);
  if (ofMany) return;
  const streams = key.includes('stream')
    ? 'select stream from differing'
    : `select stream from orgeid.${table} join differing using (${keyOf(table)})
       union select stream from orgeid_rebuild.${table} join differing using (${keyOf(table)})`;
  await suspect(db, `${pairs(table, 'ALL')} ${streams}`);
}

/** Suspects the cases that went on after a position. */
export const suspectMoved = (db: Queryable, position: number): Promise<void> =>
  suspect(db, 'select stream from orgeid.events where position > $1', [position]);

async function suspect(db: Queryable, streams: string, values: readonly number[] = []): Promise<void> {
  await db.query(
    `insert into orgeid_rebuild.suspects select distinct stream from (${streams}) s on conflict do nothing`,
    [...values],
  );
}

/** At most `limit` differences of a table, in order of their keys. */
export async function differencesOf(
  db: Queryable,
  table: string,
  reach: Reach,
  limit: number,
): Promise<RowDifference[]> {
  const { rows } = await db.query<{ key: string; rebuilt: string | null; live: string | null }>(
    `${pairs(table, reach)} select concat_ws('/', ${keyOf(table)}) as key, rebuilt, live from differing order by 1 limit ${limit}`,
  );
  return rows.map(({ key, rebuilt, live }) => ({
    table,
    key,
    ...(rebuilt === null ? {} : { rebuilt }),
    ...(live === null ? {} : { live }),
  }));
}

/** Makes the suspected rows of a live table what the shadow says; those that are right are not touched. @returns how many rows came or changed, and how many went */
export async function putRight(
  db: Queryable,
  table: string,
): Promise<{ readonly put: number; readonly removed: number }> {
  const { key } = spec(table);
  const columns = await columnsOf(db, table);
  const same = (one: string, other: string) =>
    key.map((column) => `${one}.${column} = ${other}.${column}`).join(' and ');
  // Before anything goes: what is carried over stands in the rows that do.
  await db.query(
    `create table orgeid_rebuild.wanted as ${pairs(table, 'SUSPECTS')}
     select r.* from (${rebuiltRows(table, 'SUSPECTS')}) r join differing d on ${same('r', 'd')} where d.rebuilt is not null`,
  );
  const removed = await db.query(
    `${pairs(table, 'SUSPECTS')} delete from orgeid.${table} t using differing d where ${same('t', 'd')} and d.live is not null`,
  );
  const put = await db.query(
    `insert into orgeid.${table} (${columns}) select ${columns} from orgeid_rebuild.wanted`,
  );
  await db.query('drop table orgeid_rebuild.wanted');
  return { put: put.rowCount ?? 0, removed: removed.rowCount ?? 0 };
}

/** Columns that can be written. */
async function columnsOf(db: Queryable, table: string): Promise<string> {
  const { rows } = await db.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = ('orgeid.' || $1)::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? '';
}

const spec = (table: string): Compared => {
  const found = compared[table];
  if (!found) throw new Error(`${table} does not follow from the log`);
  return found;
};

const keyOf = (table: string): string => spec(table).key.join(', ');

/** Rows of a table, or of a query, that are within reach. */
const within = (rows: string, table: string, reach: Reach): string =>
  reach === 'ALL' || spec(table).ofMany
    ? `select * from ${rows} r`
    : `select * from ${rows} r where r.stream in (select stream from orgeid_rebuild.suspects)`;

const rebuiltRows = (table: string, reach: Reach): string => {
  const { rebuilt } = spec(table);
  return within(rebuilt === undefined ? `orgeid_rebuild.${table}` : `(${rebuilt})`, table, reach);
};

/** Both sides of each row that is not the same text on both. */
function pairs(table: string, reach: Reach): string {
  const key = keyOf(table);
  return `with rebuilt as (select ${key}, r::text as rebuilt from (${rebuiltRows(table, reach)}) r),
    live as (select ${key}, r::text as live from (${within(`orgeid.${table}`, table, reach)}) r),
    differing as (select * from rebuilt full join live using (${key}) where rebuilt is distinct from live)`;
}
