import { chainHash, GENESIS } from '../../store/chain.ts';
import { fromBase64 } from '../../transparency/base64.ts';
import { type GrowingTree, growingTree } from '../../transparency/growingTree.ts';
import { eventLeaf, HASH_BYTES } from '../../transparency/hash.ts';
import { BundleFault, type FaultCode } from './faults.ts';
import type { BundledEvent, BundleScope } from './format.ts';

/** The walk over the tree from left to right: events one by one, and subtrees of which only the hash is there. */
export type Walk = {
  readonly tree: GrowingTree;
  /** @throws BundleFault `EVENTS` or `SCOPE` */
  event(event: BundledEvent, line: number): void;
  /** @throws BundleFault `FORMAT` or `SCOPE` */
  skip(skip: { readonly level: number; readonly hash: string }, line: number): void;
};

/** A walk that checks each event's hash, that neighbours are chained, and that nothing within the scope is left out. */
export function walkOf(scope: BundleScope): Walk {
  const tree = growingTree();
  const versions = new Map<string, number>();
  let last: { readonly position: number; readonly hash: string } = { position: 0, hash: GENESIS };
  let begun = false;

  function inScope({ position, recordedAt, body }: BundledEvent, line: number): void {
    const { stream, version } = said(body);
    const refuse = (code: FaultCode) => new BundleFault(code, line, { position, stream });
    if (scope.kind === 'ALL') return;
    if (scope.kind === 'PERIOD') {
      if (begun && position !== last.position + 1) throw refuse('LEFT_OUT');
      if (Date.parse(recordedAt) < Date.parse(scope.from) || Date.parse(recordedAt) >= Date.parse(scope.to))
        throw refuse('NOT_IN_PERIOD');
      return;
    }
    if (scope.kind === 'CASE' && stream !== scope.stream) throw refuse('OTHER_CASE');
    if (version !== (versions.get(stream) ?? 0) + 1) throw refuse('LEFT_OUT');
    versions.set(stream, version);
  }

  return {
    tree,
    event(event, line) {
      const { position, hash, prevHash } = event;
      const refuse = (code: FaultCode) =>
        new BundleFault(code, line, { position, stream: said(event.body).stream });
      if (position !== tree.size + 1) throw refuse('NOT_IN_PLACE');
      if (chainHash(prevHash, event) !== hash) throw refuse('ALTERED');
      if (last.position === position - 1 && last.hash !== prevHash) throw refuse('NOT_CHAINED');
      inScope(event, line);
      tree.push(0, eventLeaf(hash));
      last = { position, hash };
      begun = true;
    },
    skip({ level, hash }, line) {
      const bytes = fromBase64(hash);
      if (bytes?.length !== HASH_BYTES || tree.size % 2 ** level !== 0)
        throw new BundleFault('NO_SUBTREE', line);
      if (scope.kind === 'ALL') throw new BundleFault('LEFT_OUT', line, { position: tree.size + 1 });
      tree.push(level, bytes);
    },
  };
}

/** What an event says of its place; empty where it says nothing. */
function said(body: string): { readonly stream: string; readonly version: number } {
  try {
    const { stream, version } = Object(JSON.parse(body)) as Record<string, unknown>;
    return { stream: String(stream), version: Number(version) };
  } catch {
    return { stream: '', version: Number.NaN };
  }
}
