import { EMPTY_ROOT, type Hash } from './hash.ts';
import { foldRight, type Range, type Subtree, split, subtreesOf } from './ranges.ts';

/** Hashes of complete subtrees, in the order asked for. */
export type Subtrees = (wanted: readonly Subtree[]) => Promise<readonly Hash[]>;

/** Root of the tree of the first `size` leaves (RFC 6962, section 2.1). */
export async function rootOf(subtrees: Subtrees, size: number): Promise<Hash> {
  if (size === 0) return EMPTY_ROOT;
  const [root] = await hashesOf(subtrees, [{ start: 0, end: size }]);
  return root as Hash;
}

/**
 * Audit path of a leaf, the leaf's sibling first (RFC 6962, section 2.1.1).
 *
 * @param index from 0
 * @throws RangeError when the leaf is not in a tree of this size
 */
export async function inclusionProof(subtrees: Subtrees, index: number, size: number): Promise<Hash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  return await hashesOf(subtrees, inclusionRanges(index, { start: 0, end: size }));
}

/**
 * Proof that the tree of `older` leaves is the beginning of the tree of `newer` (RFC 6962, section 2.1.2); empty when one of
 * them is empty or both are the same.
 *
 * @throws RangeError when `older` is larger
 */
export async function consistencyProof(subtrees: Subtrees, older: number, newer: number): Promise<Hash[]> {
  if (!(older >= 0 && older <= newer)) throw new RangeError(`${older} is no beginning of ${newer}`);
  if (older === 0 || older === newer) return [];
  return await hashesOf(subtrees, consistencyRanges(older, { start: 0, end: newer }, true));
}

function inclusionRanges(index: number, { start, end }: Range): Range[] {
  if (end - start === 1) return [];
  const middle = start + split(end - start);
  return index < middle
    ? [...inclusionRanges(index, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(index, { start: middle, end }), { start, end: middle }];
}

function consistencyRanges(older: number, { start, end }: Range, known: boolean): Range[] {
  if (older === end) return known ? [] : [{ start, end }];
  const middle = start + split(end - start);
  return older <= middle
    ? [...consistencyRanges(older, { start, end: middle }, known), { start: middle, end }]
    : [...consistencyRanges(older, { start: middle, end }, false), { start, end: middle }];
}

async function hashesOf(subtrees: Subtrees, ranges: readonly Range[]): Promise<Hash[]> {
  const parts = ranges.map(subtreesOf);
  const hashes = await subtrees(parts.flat());
  let at = 0;
  return parts.map(({ length }) => {
    const hash = foldRight(hashes.slice(at, at + length));
    at += length;
    return hash;
  });
}
