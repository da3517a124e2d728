import { EMPTY_ROOT, type Hash, nodeHash } from './hash.ts';
import { split } from './ranges.ts';

/**
 * Whether an audit path leads from a leaf to the root of the tree of `size` leaves (RFC 6962, section 2.1.1).
 *
 * @param index of the leaf, from 0
 */
export function verifyInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!(index >= 0 && index < size)) return false;
  const rest = [...proof];
  const hash = climb(leaf, index, size, rest);
  return hash !== undefined && rest.length === 0 && hash.equals(root);
}

function climb(leaf: Hash, index: number, size: number, rest: Hash[]): Hash | undefined {
  if (size === 1) return leaf;
  const sibling = rest.pop();
  if (!sibling) return undefined;
  const k = split(size);
  if (index < k) {
    const left = climb(leaf, index, k, rest);
    return left && nodeHash(left, sibling);
  }
  const right = climb(leaf, index - k, size - k, rest);
  return right && nodeHash(sibling, right);
}

/** Whether a proof shows that the tree of `older` leaves is the beginning of that of `newer` (RFC 6962, section 2.1.2). */
export function verifyConsistency(
  older: { readonly size: number; readonly root: Hash },
  newer: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!(older.size >= 0 && older.size <= newer.size)) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0 && older.root.equals(EMPTY_ROOT);
  const rest = [...proof];
  const both = meet(older, newer.size, rest, true);
  return (
    both !== undefined && rest.length === 0 && both.older.equals(older.root) && both.newer.equals(newer.root)
  );
}

type Both = { readonly older: Hash; readonly newer: Hash };

function meet(
  older: { readonly size: number; readonly root: Hash },
  size: number,
  rest: Hash[],
  known: boolean,
): Both | undefined {
  if (older.size === size) {
    const hash = known ? older.root : rest.pop();
    return hash && { older: hash, newer: hash };
  }
  const sibling = rest.pop();
  if (!sibling) return undefined;
  const k = split(size);
  if (older.size <= k) {
    const left = meet(older, k, rest, known);
    return left && { older: left.older, newer: nodeHash(left.newer, sibling) };
  }
  const right = meet({ ...older, size: older.size - k }, size - k, rest, false);
  return right && { older: nodeHash(sibling, right.older), newer: nodeHash(sibling, right.newer) };
}
