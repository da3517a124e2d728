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
  /** What a row of the shadow is when it stands in the live table; itself when absent. */
  readonly rebuilt?: string;
};

/** Lanes have numbers of their own in each schema: a row is told by what its lane is. */
const laneOf = (rows: string, columns: string): string =>
  `select l.id as lane, ${columns} from orgeid_rebuild.${rows} r
   join orgeid_rebuild.lanes s on s.id = r.lane
   join orgeid.lanes l using (view, unit, role, kind, climbed, free, overdue)`;

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
  lane_counts: { key: ['lane', 'due_minute'], rebuilt: laneOf('lane_counts', 'r.due_minute, r.n') },
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

/** At most `limit` differences of a table, in order of their keys. */
export async function differencesOf(db: Queryable, table: string, limit: number): Promise<RowDifference[]> {
  const { rows } = await db.query<{ key: string; rebuilt: string | null; live: string | null }>(
    `${pairs(table)} select concat_ws('/', ${keyOf(table)}) as key, rebuilt, live from differing order by 1 limit ${limit}`,
  );
  return rows.map(({ key, rebuilt, live }) => ({
    table,
    key,
    ...(rebuilt === null ? {} : { rebuilt }),
    ...(live === null ? {} : { live }),
  }));
}

/** Makes a live table what the shadow says; rows that are right are not touched. @returns how many rows came or changed, and how many went */
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
    `create table orgeid_rebuild.wanted as ${pairs(table)}
     select r.* from (${rowsOf(table)}) r join differing d on ${same('r', 'd')} where d.rebuilt is not null`,
  );
  const removed = await db.query(
    `${pairs(table)} delete from orgeid.${table} t using differing d where ${same('t', 'd')} and d.live is not null`,
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
const rowsOf = (table: string): string => spec(table).rebuilt ?? `select * from orgeid_rebuild.${table}`;

/** Both sides of each row that is not the same text on both. */
function pairs(table: string): string {
  const key = keyOf(table);
  return `with rebuilt as (select ${key}, r::text as rebuilt from (${rowsOf(table)}) r),
    live as (select ${key}, r::text as live from orgeid.${table} r),
    differing as (select * from rebuilt full join live using (${key}) where rebuilt is distinct from live)`;
}
