import type pg from 'pg';
import { parseBody } from './body.ts';
import { type ChainedLink, type ChainFault, type ChainVerdict, GENESIS, verifyChain } from './chain.ts';
import type { Queryable } from './pool.ts';
import { EVENT_COLUMNS, type EventRow, readHead } from './read.ts';
import { inSnapshot } from './snapshot.ts';

/** `COLUMNS`: the look-up columns say something else than the body; `HEAD`: the head does not name the last event. */
export type LogFault = ChainFault | 'COLUMNS' | 'HEAD';

export type LogVerdict =
  | { readonly whole: true; readonly position: number; readonly hash: string }
  | { readonly whole: false; readonly position: number; readonly fault: LogFault };

/** A row of the log with the columns that repeat its body for look-ups. */
export type FullRow = EventRow & {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly command_id: string;
  readonly correlation_id: string | null;
  readonly at: Date;
};

const PAGE = 1000;

/** Sees each event on the way, in order, before it is known to be right. */
export type Onlooker = (link: ChainedLink) => void | Promise<void>;

/**
 * Reads the whole log in one snapshot, a page at a time, and says whether it is whole: positions without gaps, every hash
 * right, columns as in the bodies, the head naming the last event. Otherwise names the first position at which it is not.
 */
export async function verifyLog(pool: pg.Pool, onLink: Onlooker = () => {}): Promise<LogVerdict> {
  for await (const verdict of inSnapshot(pool, (client) => verifyIn(client, onLink))) return verdict;
  throw new Error('the snapshot gave no verdict');
}

/**
 * Whether the events after a position are a whole chain that goes on from it. `from`: hash of the event at that position, as the log
 * says it; undefined when there is none.
 */
export async function verifyAfter(
  db: Queryable,
  position: number,
): Promise<ChainVerdict & { readonly from: string | undefined }> {
  const { rows } = await db.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from orgeid.events where position = $1`,
    [position],
  );
  const from = rows[0]?.hash;
  if (from === undefined && position > 0) return { whole: false, position, fault: 'GAP', from };
  const verdict = await verifyChain(
    links(db, () => {}, position),
    { position, hash: from ?? GENESIS },
  );
  return { ...verdict, from };
}

async function* verifyIn(client: pg.PoolClient, onLink: Onlooker): AsyncGenerator<LogVerdict> {
  let odd: number | undefined;
  const onOdd = (position: number) => {
    odd ??= position;
  };
  const chain = await verifyChain(seen(links(client, onOdd), onLink));
  if (odd !== undefined && (chain.whole || odd < chain.position)) {
    yield { whole: false, position: odd, fault: 'COLUMNS' };
    return;
  }
  if (!chain.whole) {
    yield chain;
    return;
  }
  const head = await readHead(client);
  if (head.position > chain.position) yield { whole: false, position: chain.position + 1, fault: 'GAP' };
  else if (head.position < chain.position || head.hash !== chain.hash)
    yield { whole: false, position: head.position, fault: 'HEAD' };
  else yield chain;
}

async function* seen(events: AsyncIterable<ChainedLink>, onLink: Onlooker): AsyncGenerator<ChainedLink> {
  for await (const link of events) {
    await onLink(link);
    yield link;
  }
}

async function* links(
  db: Queryable,
  onOdd: (position: number) => void,
  from = 0,
): AsyncGenerator<ChainedLink> {
  for (let after = String(from); ; ) {
    const { rows } = await db.query<FullRow>(
      `select ${EVENT_COLUMNS}, stream, version, type, command_id, correlation_id, at
       from orgeid.events where position > $1 order by position limit ${PAGE}`,
      [after],
    );
    for (const row of rows) {
      const position = Number(row.position);
      yield {
        position,
        recordedAt: row.recorded_at,
        body: row.body,
        prevHash: row.prev_hash,
        hash: row.hash,
      };
      // After the yield: a body that does not hash right ends the walk before it is parsed.
      if (!columnsAgree(row)) onOdd(position);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.position;
  }
}

/** Whether the look-up columns say what the body says. @throws SyntaxError when the body is no JSON */
export function columnsAgree(row: FullRow): boolean {
  const body = parseBody(row.body);
  return (
    row.stream === body.stream &&
    row.version === body.version &&
    row.type === body.type &&
    row.command_id === body.commandId &&
    row.correlation_id === (body.correlationId ?? null) &&
    row.at.getTime() === Date.parse(body.at)
  );
}
