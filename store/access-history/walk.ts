import { chainHash } from '../chain.ts';
import type { AccessHead, ChainRow, Columns } from './chains.ts';
import { parseEntry } from './read.ts';

/**
 * What is wrong with a chain, from `seq` to `upTo` if there is more than one.
 *
 * - `ALTERED`: the row is not what was hashed, or its columns say something else than its body.
 * - `REMOVED`: rows are missing. - `INSERTED`: there is a row that the chain has no place for.
 * - `UNLINKED`: the row does not follow from the one before it: one of the two was replaced, with a hash of its own.
 * - `HEAD`: the head names another last row. - `WRITER`: a whole chain is missing, was renamed, or has rows and no head.
 * - `ANCHOR`: what is said to have been removed for its age was not, or not yet to be.
 * - `REWRITTEN`: the chain does not pass through a head that was noted earlier.
 */
export type AccessFault = {
  readonly kind: 'ALTERED' | 'REMOVED' | 'INSERTED' | 'UNLINKED' | 'HEAD' | 'WRITER' | 'ANCHOR' | 'REWRITTEN';
  readonly writer: string;
  readonly seq: number;
  readonly upTo?: number;
};

/** `cut`: the walk was told to end there, and more may follow. */
export type ChainEnd = Pick<AccessHead, 'seq' | 'hash'> & { readonly rows: number; readonly cut: boolean };

/**
 * Walks the rows of one chain from where it begins and tells all that is wrong with them; it goes on behind a fault.
 *
 * @param noted heads of this chain that were noted earlier
 * @param until ends with the first row recorded at this moment (epoch ms) or later
 * @returns where the rows end
 */
export async function walkChain(
  start: AccessHead,
  rows: AsyncIterable<ChainRow>,
  noted: readonly AccessHead[],
  until: number,
  fault: (found: AccessFault) => void,
): Promise<ChainEnd> {
  const { writer } = start;
  const known = new Map(noted.map((head) => [head.seq, head.hash]));
  let { seq, hash } = start;
  let count = 0;
  const check = () => {
    if ((known.get(seq) ?? hash) !== hash) fault({ kind: 'REWRITTEN', writer, seq });
  };
  check();
  for await (const row of rows) {
    count += 1;
    if (row.seq <= seq) {
      fault({ kind: 'INSERTED', writer, seq: row.seq });
      continue;
    }
    if (row.seq > seq + 1) fault(removed(writer, seq + 1, row.seq - 1));
    else if (row.prevHash !== hash) fault({ kind: 'UNLINKED', writer, seq: row.seq });
    if (!isWhole(row)) fault({ kind: 'ALTERED', writer, seq: row.seq });
    ({ seq, hash } = row);
    check();
    if (Date.parse(row.recordedAt) >= until) return { seq, hash, rows: count, cut: true };
  }
  return { seq, hash, rows: count, cut: false };
}

export const removed = (writer: string, seq: number, upTo: number): AccessFault => ({
  kind: 'REMOVED',
  writer,
  seq,
  ...(upTo > seq ? { upTo } : {}),
});

const isWhole = (row: ChainRow): boolean =>
  chainHash(row.prevHash, { position: row.seq, recordedAt: row.recordedAt, body: row.body }) === row.hash &&
  columnsAgree(row.columns, row.body);

function columnsAgree(columns: Columns, body: string): boolean {
  const { id, at, actor, action, outcome, what } = parseEntry(body);
  return (
    columns.id === id &&
    columns.at === Date.parse(at) &&
    columns.actor === actor.id &&
    columns.action === action &&
    columns.result === outcome.result &&
    columns.stream === (what.stream ?? null)
  );
}
