import type pg from 'pg';
import { caseTypeOf } from '../schemas/case.ts';
import type { Queryable } from './pool.ts';
import type { Projections } from './projection.ts';
import { toFact } from './read.ts';
import { type Difference, differencesOf, type Folded } from './refoldRows.ts';
import { type Changed, changedBy } from './refoldTasks.ts';
import { inSnapshot } from './snapshot.ts';

export type { Difference } from './refoldRows.ts';

const PAGE = 1000;
const BATCH = 200;

/**
 * Folds the whole log anew in one snapshot and yields every place where a row of cases, tasks, claims, inboxes or search terms says
 * something else, or is missing, or has no events, and where the counters of inboxes miscount; yields nothing when all agree. Holds a page
 * of events and a batch of streams.
 */
export function refoldAll(pool: pg.Pool, projections: Projections): AsyncGenerator<Difference, void> {
  return inSnapshot(pool, (client) => refold(client, projections));
}

async function* refold(db: Queryable, projections: Projections): AsyncGenerator<Difference> {
  let batch: Folded[] = [];
  for await (const folded of foldStreams(db, projections)) {
    batch.push(folded);
    if (batch.length < BATCH) continue;
    yield* await differencesOf(db, projections, batch);
    batch = [];
  }
  yield* await differencesOf(db, projections, batch);
  yield* rowsWithoutEvents(db);
  yield* miscounted(db);
}

/** The fold of each stream, in the order of the index on (stream, version). */
async function* foldStreams(db: Queryable, projections: Projections): AsyncGenerator<Folded> {
  let open: Folded | undefined;
  let command: string | undefined;
  const changed = ({ type, state, changed, position }: Folded): Changed => {
    const projection = projections[type as keyof Projections] as Projections['account'] | undefined;
    return projection ? changedBy(changed, projection.view(state).tasks, position) : changed;
  };
  for await (const { stream, version, position, command_id, body } of eventsByStream(db)) {
    // An append is the events of one command; the rows say what all of it changed.
    if (open && (open.stream !== stream || command !== command_id))
      open = { ...open, changed: changed(open) };
    if (open && open.stream !== stream) {
      yield open;
      open = undefined;
    }
    command = command_id;
    const type = caseTypeOf(stream) ?? '';
    const projection = projections[type as keyof Projections] as Projections['account'] | undefined;
    open ??= {
      stream,
      type,
      version: 0,
      position: 0,
      gap: undefined,
      state: projection?.initial(stream),
      changed: new Map(),
    };
    const { type: name, data, at, by } = toFact(body);
    open = {
      ...open,
      version,
      position: Number(position),
      gap: open.gap ?? (version === open.version + 1 ? undefined : open.version + 1),
      state: projection?.evolve(open.state, { type: name, data, at, by }),
    };
  }
  if (open) yield { ...open, changed: changed(open) };
}

type Row = {
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly command_id: string;
  readonly body: string;
};

async function* eventsByStream(db: Queryable): AsyncGenerator<Row> {
  let last: Row | undefined;
  do {
    const { rows }: { rows: Row[] } = await db.query<Row>(
      `select stream, version, position, command_id, body from orgeid.events where (stream, version) > ($1, $2)
       order by stream, version limit ${PAGE}`,
      [last?.stream ?? '', last?.version ?? 0],
    );
    yield* rows;
    last = rows.at(-1);
  } while (last);
}

async function* rowsWithoutEvents(db: Queryable): AsyncGenerator<Difference> {
  const { rows } = await db.query<{ stream: string; what: Difference['what']; key: string }>(
    `select stream, what, key from (
        select stream, 'CASE' as what, stream as key from orgeid.cases
        union all select stream, 'TASK', task_id from orgeid.tasks
        union all select stream, 'CLAIM', key from orgeid.organisation_claims
        union all select stream, 'PLACE', task_id from orgeid.inbox
        union all select stream, 'SEARCH', 'terms' from orgeid.case_terms
        union all select stream, 'SEARCH', 'codes' from orgeid.case_codes
      ) found
      where not exists (select from orgeid.events e where e.stream = found.stream)
      order by stream, what, key limit ${PAGE}`,
  );
  for (const row of rows) yield { ...row, expected: undefined, found: 'a row without events' };
}

async function* miscounted(db: Queryable): AsyncGenerator<Difference> {
  const { rows } = await db.query<{ key: string; expected: number | null; found: number | null }>(
    `select lane || ' ' || due_minute as key, counted.n as expected, c.n as found
     from (select lane, date_trunc('minute', due_key) as due_minute, count(*)::integer as n
       from orgeid.inbox group by 1, 2) counted
     full join orgeid.lane_counts c using (lane, due_minute)
     where c.n is distinct from counted.n order by key limit ${PAGE}`,
  );
  for (const { key, expected, found } of rows) {
    yield { stream: '', what: 'COUNT', key, expected: expected ?? undefined, found: found ?? undefined };
  }
}
