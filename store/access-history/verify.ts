import { createHash } from 'node:crypto';
import type pg from 'pg';
import { GENESIS } from '../chain.ts';
import type { Queryable } from '../pool.ts';
import { inSnapshot } from '../snapshot.ts';
import {
  type AccessHead,
  type Anchor,
  type Chain,
  readAnchors,
  readChains,
  rowsOf,
  writersOfRows,
} from './chains.ts';
import { type AccessFault, removed, walkChain } from './walk.ts';

/** `faults`: the first hundred of `found`. `heads`: where each chain ends; note them where the database cannot reach. */
export type AccessVerdict = {
  readonly whole: boolean;
  readonly entries: number;
  readonly found: number;
  readonly faults: readonly AccessFault[];
  readonly heads: readonly AccessHead[];
};

export type AccessChecks = {
  /** Heads of an earlier verdict: the chains must pass through them. Without them a history that was rewritten to its end looks whole. */
  readonly noted?: readonly AccessHead[];
  /** Nothing that was recorded from this instant on (ISO 8601) may have been removed for its age. */
  readonly keptSince?: string;
  /** Looks only at what was recorded before this instant (ISO 8601), and at what follows it directly. */
  readonly until?: string;
};

const SHOWN = 100;

/** Reads the whole access history in one snapshot, a page at a time, and tells every entry that was altered, removed or inserted. */
export async function verifyAccessHistory(pool: pg.Pool, checks: AccessChecks = {}): Promise<AccessVerdict> {
  for await (const verdict of inSnapshot(pool, (client) => verifyIn(client, checks))) return verdict;
  throw new Error('the snapshot gave no verdict');
}

async function* verifyIn(
  db: Queryable,
  { noted = [], keptSince, until }: AccessChecks,
): AsyncGenerator<AccessVerdict> {
  const faults: AccessFault[] = [];
  let found = 0;
  const fault = (one: AccessFault) => {
    found += 1;
    if (faults.length < SHOWN) faults.push(one);
  };
  const chains = await readChains(db);
  const anchors = await readAnchors(db);
  checkWriters(chains, [...(await writersOfRows(db)), ...anchors.map(({ writer }) => writer)], noted, fault);
  await checkAnchors(db, anchors, keptSince, fault);

  let entries = 0;
  const last = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  for (const chain of chains) {
    const { writer, genesis } = chain;
    const start = anchors.findLast((anchor) => anchor.writer === writer) ?? { writer, seq: 0, hash: genesis };
    const own = noted.filter((head) => head.writer === writer);
    const end = await walkChain(start, rowsOf(db, writer), own, last, fault);
    entries += end.rows;
    if (end.cut) continue;
    if (end.seq < chain.seq) fault(removed(writer, end.seq + 1, chain.seq));
    else if (end.seq > chain.seq) fault({ kind: 'INSERTED', writer, seq: chain.seq + 1, upTo: end.seq });
    else if (end.hash !== chain.hash) fault({ kind: 'HEAD', writer, seq: chain.seq });
    const beyond = own.find(({ seq }) => seq > Math.max(end.seq, chain.seq));
    if (beyond) fault({ kind: 'REWRITTEN', writer, seq: beyond.seq });
  }
  const heads = chains.map(({ writer, seq, hash }) => ({ writer, seq, hash }));
  yield { whole: found === 0, entries, found, faults, heads };
}

/** Each chain begins with a digest of all that were opened before it, so that none can be taken out. */
function checkWriters(
  chains: readonly Chain[],
  named: readonly string[],
  noted: readonly AccessHead[],
  fault: (found: AccessFault) => void,
): void {
  let before = GENESIS;
  for (const [i, { nr, writer, genesis }] of chains.entries()) {
    if (nr !== i + 1 || genesisOf(before, nr, writer) !== genesis) fault({ kind: 'WRITER', writer, seq: 0 });
    before = genesis;
  }
  const known = new Set(chains.map(({ writer }) => writer));
  const missing = [...named, ...noted.map(({ writer }) => writer)].filter((writer) => !known.has(writer));
  for (const writer of new Set(missing)) fault({ kind: 'WRITER', writer, seq: 0 });
}

function genesisOf(before: string, nr: number, writer: string): string {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(nr));
  return createHash('sha256')
    .update(Buffer.from(before, 'hex'))
    .update(place)
    .update(writer, 'utf8')
    .digest('hex');
}

/** Parts are removed whole and not before their time: what an anchor covers is gone, and was old enough to go. */
async function checkAnchors(
  db: Queryable,
  anchors: readonly Anchor[],
  keptSince: string | undefined,
  fault: (found: AccessFault) => void,
): Promise<void> {
  const last = anchors
    .map(({ until }) => until)
    .sort()
    .at(-1);
  for (const { writer, seq, until } of anchors) {
    if (keptSince !== undefined && Date.parse(until) > Date.parse(keptSince))
      fault({ kind: 'ANCHOR', writer, seq });
  }
  if (last === undefined) return;
  const { rows } = await db.query<{ writer: string; seq: string }>(
    'select writer, seq from orgeid.access_history where recorded_at < $1::timestamptz order by recorded_at, writer, seq limit 1',
    [last],
  );
  for (const { writer, seq } of rows) fault({ kind: 'ANCHOR', writer, seq: Number(seq) });
}
