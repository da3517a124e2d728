import type { LoggedFact } from '../schemas/case.ts';
import type { Queryable } from './pool.ts';
import { toFact } from './read.ts';

/** An event of an account with its place in the log. */
export type AccountFact = {
  readonly stream: string;
  readonly position: number;
  readonly fact: LoggedFact;
};

const STREAMS = 500;
const PAGE = 2_000;

type Row = {
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly body: string;
};

/**
 * The events of all accounts up to a position of the log, stream by stream, each stream in order. What lies before a position never
 * changes, so the pages need no snapshot: a slow reader holds nothing open. Holds the names of some streams and a page of events.
 */
export async function* accountFacts(db: Queryable, upTo: number): AsyncGenerator<AccountFact, void> {
  // 'a' and 'b' stand around these names in every collation; without them the last page would look through all other cases.
  for (let last = 'a'; ; ) {
    const { rows } = await db.query<{ stream: string }>({
      name: 'account-streams',
      text: `select stream from orgeid.events
        where stream > $1 and stream < 'b' and version = 1 and starts_with(stream, 'account-')
        order by stream limit ${STREAMS}`,
      values: [last],
    });
    const streams = rows.map(({ stream }) => stream);
    yield* factsOf(db, streams, upTo);
    const end = streams.at(-1);
    if (end === undefined || streams.length < STREAMS) return;
    last = end;
  }
}

async function* factsOf(
  db: Queryable,
  streams: readonly string[],
  upTo: number,
): AsyncGenerator<AccountFact, void> {
  let last: Row | undefined;
  do {
    const { rows }: { rows: Row[] } = await db.query<Row>({
      name: 'account-facts',
      text: `select stream, version, position, body from orgeid.events
        where stream = any ($1) and (stream, version) > ($2, $3) and position <= $4
        order by stream, version limit ${PAGE}`,
      values: [streams, last?.stream ?? '', last?.version ?? 0, upTo],
    });
    for (const { stream, position, body } of rows)
      yield { stream, position: Number(position), fact: toFact(body) };
    last = rows.length < PAGE ? undefined : rows.at(-1);
  } while (last);
}
