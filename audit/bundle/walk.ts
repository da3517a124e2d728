import { chainHash, GENESIS } from '../../store/chain.ts';
import { fromBase64 } from '../../transparency/base64.ts';
import { type GrowingTree, growingTree } from '../../transparency/growingTree.ts';
import { eventLeaf, HASH_BYTES } from '../../transparency/hash.ts';
import { BundleFault } from './faults.ts';
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
    const refuse = (what: string) => new BundleFault('SCOPE', line, what, { position, stream });
    if (scope.kind === 'ALL') return;
    if (scope.kind === 'PERIOD') {
      if (begun && position !== last.position + 1)
        throw refuse('events of the period are left out before this one');
      if (Date.parse(recordedAt) < Date.parse(scope.from) || Date.parse(recordedAt) >= Date.parse(scope.to))
        throw refuse('the event was not recorded in the period');
      return;
    }
    if (scope.kind === 'CASE' && stream !== scope.stream) throw refuse('the event is of another case');
    if (version !== (versions.get(stream) ?? 0) + 1)
      throw refuse('events of the case are left out before this one');
    versions.set(stream, version);
  }

  return {
    tree,
    event(event, line) {
      const { position, hash, prevHash } = event;
      const refuse = (what: string) =>
        new BundleFault('EVENTS', line, what, { position, stream: said(event.body).stream });
      if (position !== tree.size + 1) throw refuse('the event is not in its place');
      if (chainHash(prevHash, event) !== hash) throw refuse('the event was altered: its hash is another');
      if (last.position === position - 1 && last.hash !== prevHash)
        throw refuse('the event does not follow from the one before it');
      inScope(event, line);
      tree.push(0, eventLeaf(hash));
      last = { position, hash };
      begun = true;
    },
    skip({ level, hash }, line) {
      const bytes = fromBase64(hash);
      if (bytes?.length !== HASH_BYTES || tree.size % 2 ** level !== 0)
        throw new BundleFault('FORMAT', line, 'no part of a tree');
      if (scope.kind === 'ALL')
        throw new BundleFault('SCOPE', line, 'events are left out here', { position: tree.size + 1 });
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
