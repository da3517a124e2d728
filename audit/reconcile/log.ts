import type pg from 'pg';
import { parseBody } from '../../store/body.ts';
import { chainHash, GENESIS } from '../../store/chain.ts';
import type { Queryable } from '../../store/pool.ts';
import { EVENT_COLUMNS, type EventRow, readHead } from '../../store/read.ts';
import { inSnapshot } from '../../store/snapshot.ts';
import { columnsAgree, type FullRow } from '../../store/verify.ts';
import type { Comparison, Counted, Discrepancy, KindOf } from './discrepancy.ts';
import { comparePolicies } from './policies.ts';

const PAGE = 1000;

/**
 * Walks the log in one snapshot and yields every place at which it contradicts itself: positions, hashes, columns, the head, and versions
 * missing in a stream. `verifyLog` stops at the first; this one goes on from what stands there.
 */
export async function* compareLog(pool: pg.Pool): Comparison {
  let counted: Counted = {};
  yield* inSnapshot(pool, async function* (client) {
    counted = yield* walkLog(client);
  });
  return counted;
}

async function* walkLog(db: Queryable): Comparison {
  let at = { position: 0, hash: GENESIS };
  const policies = new Map<string, string>();
  for await (const row of rows(db)) {
    yield* faultsOf(row, at);
    const policy = policyNamedBy(row);
    if (policy !== undefined && !policies.has(policy)) policies.set(policy, row.stream);
    at = { position: Number(row.position), hash: row.hash };
  }
  const head = await readHead(db);
  if (head.position > at.position) yield missing(at.position + 1, head.position);
  else if (head.position < at.position || head.hash !== at.hash)
    yield fault('HEAD_DIFFERS', 'the head does not name the last event', head.position, {
      expected: at,
      found: head,
    });
  const streams = yield* versions(db);
  yield* comparePolicies(db, policies);
  return { events: at.position, head: head.position, streams, policies: policies.size };
}

/** The first event of a case names the policy that it pinned. */
function policyNamedBy({ version, body }: FullRow): string | undefined {
  if (version !== 1) return undefined;
  try {
    const { policyVersion } = parseBody(body).data as { readonly policyVersion?: unknown };
    return typeof policyVersion === 'string' ? policyVersion : undefined;
  } catch {
    return undefined;
  }
}

function* faultsOf(row: FullRow, before: { readonly position: number; readonly hash: string }) {
  const position = Number(row.position);
  const place = { stream: row.stream, version: row.version };
  if (position !== before.position + 1) yield missing(before.position + 1, position - 1);
  else if (row.prev_hash !== before.hash)
    yield fault('LINK_BROKEN', 'the event does not follow from the one before it', position, place);
  const link = { position, recordedAt: row.recorded_at, body: row.body };
  if (chainHash(row.prev_hash, link) !== row.hash)
    yield fault('CONTENT_CHANGED', 'the event is not the one that was hashed', position, place);
  if (!agreeing(row))
    yield fault('COLUMNS_CHANGED', 'the columns say something else than the body', position, place);
}

const agreeing = (row: FullRow): boolean => {
  try {
    return columnsAgree(row);
  } catch {
    return false;
  }
};

const fault = (
  kind: KindOf<'LOG'>,
  detail: string,
  position: number,
  more: Partial<Discrepancy> = {},
): Discrepancy => ({ source: 'LOG', kind, detail, position, ...more });

const missing = (from: number, to: number): Discrepancy => ({
  source: 'LOG',
  kind: 'POSITION_MISSING',
  detail: from === to ? 'there is no event here' : `there are no events from here to ${to}`,
  position: from,
});

async function* rows(db: Queryable): AsyncGenerator<FullRow> {
  for (let after = '0'; ; ) {
    const { rows } = await db.query<FullRow>(
      `select ${EVENT_COLUMNS}, stream, version, type, command_id, correlation_id, at
       from orgeid.events where position > $1 order by position limit ${PAGE}`,
      [after],
    );
    yield* rows;
    const last: EventRow | undefined = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.position;
  }
}

type Place = { readonly stream: string; readonly version: number };

/** Yields each hole in a stream's versions; returns how many streams there are. */
async function* versions(db: Queryable): AsyncGenerator<Discrepancy, number> {
  let last: Place = { stream: '', version: 0 };
  let streams = 0;
  for (;;) {
    const { rows } = await db.query<Place>(
      `select stream, version from orgeid.events where (stream, version) > ($1, $2)
       order by stream, version limit ${PAGE}`,
      [last.stream, last.version],
    );
    for (const row of rows) {
      const before = row.stream === last.stream ? last.version : 0;
      if (row.stream !== last.stream) streams += 1;
      if (row.version !== before + 1)
        yield {
          source: 'LOG',
          kind: 'VERSION_MISSING',
          detail: `the stream has no versions ${before + 1} to ${row.version - 1}`,
          stream: row.stream,
          version: before + 1,
        };
      last = row;
    }
    if (rows.length < PAGE) return streams;
  }
}
