import { EMPTY_ROOT, type Hash, nodeHash } from './hash.ts';
import { foldRight } from './ranges.ts';

/** A tree that grows from left to right and keeps only the roots of its complete subtrees: a few dozen hashes, however many leaves. */
export type GrowingTree = {
  /** How many leaves it has. */
  readonly size: number;
  /**
   * Adds a complete subtree of 2^level leaves; level 0 is a leaf.
   *
   * @throws RangeError when one of this level cannot begin here
   */
  push(level: number, hash: Hash): void;
  /** Hash of the tree as it is (RFC 6962, section 2.1). */
  root(): Hash;
};

/** An empty {@link GrowingTree}. */
export function growingTree(): GrowingTree {
  const parts: { level: number; hash: Hash }[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(level, hash) {
      if (size % 2 ** level !== 0) throw new RangeError(`no subtree of level ${level} begins at ${size}`);
      size += 2 ** level;
      let grown = { level, hash };
      for (let left = parts.at(-1); left?.level === grown.level; left = parts.at(-1)) {
        parts.pop();
        grown = { level: grown.level + 1, hash: nodeHash(left.hash, grown.hash) };
      }
      parts.push(grown);
    },
    root: () => (parts.length === 0 ? EMPTY_ROOT : foldRight(parts.map(({ hash }) => hash))),
  };
}
