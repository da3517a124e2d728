import type pg from 'pg';
import type { Queryable } from './pool.ts';
import type { Projections } from './projection.ts';
import { toFact } from './read.ts';
import { type Difference, differencesOf, type Folded } from './refoldRows.ts';
import { inSnapshot } from './snapshot.ts';

export type { Difference } from './refoldRows.ts';

const PAGE = 1000;
const BATCH = 200;

/**
 * Folds the whole log anew in one snapshot and yields every place where a row of cases, tasks or claims says something
 * else, or is missing, or has no events; yields nothing when all agree. Holds a page of events and a batch of streams.
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
}

/** The fold of each stream, in the order of the index on (stream, version). */
async function* foldStreams(db: Queryable, projections: Projections): AsyncGenerator<Folded> {
  let open: Folded | undefined;
  for await (const { stream, version, body } of eventsByStream(db)) {
    if (open && open.stream !== stream) {
      yield open;
      open = undefined;
    }
    const type = stream.slice(0, stream.indexOf('-'));
    const projection = projections[type as keyof Projections] as Projections['account'] | undefined;
    open ??= { stream, type, version: 0, gap: undefined, state: projection?.initial(stream) };
    const { type: name, data, at, by } = toFact(body);
    open = {
      ...open,
      version,
      gap: open.gap ?? (version === open.version + 1 ? undefined : open.version + 1),
      state: projection?.evolve(open.state, { type: name, data, at, by }),
    };
  }
  if (open) yield open;
}

type Row = { readonly stream: string; readonly version: number; readonly body: string };

async function* eventsByStream(db: Queryable): AsyncGenerator<Row> {
  let last: Row | undefined;
  do {
    const { rows }: { rows: Row[] } = await db.query<Row>(
      `select stream, version, body from orgeid.events where (stream, version) > ($1, $2)
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
      ) found
      where not exists (select from orgeid.events e where e.stream = found.stream)
      order by stream, what, key limit ${PAGE}`,
  );
  for (const row of rows) yield { ...row, expected: undefined, found: 'a row without events' };
}
