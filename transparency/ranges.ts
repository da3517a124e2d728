import { type Hash, nodeHash } from './hash.ts';

/** A complete subtree: the `index`-th of 2^level leaves. */
export type Subtree = { readonly level: number; readonly index: number };

/** Leaves from `start` up to and without `end`, counted from 0. */
export type Range = { readonly start: number; readonly end: number };

/**
 * The fewest complete subtrees that make up a range, from left to right. Sizes up to 2^53: no operator of 32 bits is used.
 * A range of RFC 6962 (its start is a multiple of the power of two that covers it) folds to its tree hash with {@link foldRight}.
 */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      level += 1;
      width *= 2;
    }
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** Hash of neighbouring subtrees, each larger than the one after it. */
export function foldRight(hashes: readonly Hash[]): Hash {
  const [last, ...before] = [...hashes].reverse();
  if (!last) throw new RangeError('no subtree to fold');
  return before.reduce((right, left) => nodeHash(left, right), last);
}

/** Largest power of two below `size` (RFC 6962, section 2.1); `size` > 1. */
export function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}
