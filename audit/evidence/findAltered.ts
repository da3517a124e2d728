import type { Queryable } from '../../store/pool.ts';
import { readLeaves } from '../../store/tree.ts';
import { growingTree } from '../../transparency/growingTree.ts';
import type { Hash } from '../../transparency/hash.ts';
import { TILE_WIDTH } from '../../transparency/tiles.ts';

/** The first event and the last that can be the first altered one; `differs`: the first that is not as the tiles have it, which nobody signed by themselves. */
export type Altered = { readonly from: number; readonly position: number; readonly differs?: number };

/**
 * Where a log is not the one whose tree of `size` events was signed, though it was up to `before`: exactly, when the stored tiles are shown to be
 * the signed ones, otherwise the span in which it must be.
 */
export async function findAltered(db: Queryable, before: number, size: number, root: Hash): Promise<Altered> {
  const span = { from: before + 1, position: size };
  const tree = growingTree();
  let differs: number | undefined;
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const count = Math.min(TILE_WIDTH, size - start);
    const { signed, found } = await readLeaves(db, start, count);
    for (let i = 0; i < count; i += 1) {
      const leaf = signed[i] ?? found[i];
      if (!leaf) return span;
      if (!found[i]?.equals(leaf)) differs ??= start + i + 1;
      tree.push(0, leaf);
    }
  }
  if (differs === undefined) return span;
  // The tiles are those that were signed: then what differs from them is what was altered.
  const shown = tree.root().equals(root);
  return shown ? { from: differs, position: differs, differs } : { ...span, differs };
}
