import { HASH_BYTES, type Hash, nodeHash } from './hash.ts';
import type { Subtree } from './ranges.ts';

/** Hashes in a full tile, and the levels of the tree that a tile spans (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** A tile: the `index`-th of its level. Hashes of level l stand for 256^l leaves each. */
export type Tile = { readonly level: number; readonly index: number };

/** Which hashes of which tile make up a complete subtree. */
export function placeOf({ level, index }: Subtree): Tile & { readonly from: number; readonly count: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const count = 2 ** (level % TILE_HEIGHT);
  const first = index * count;
  return { level: tileLevel, index: Math.floor(first / TILE_WIDTH), from: first % TILE_WIDTH, count };
}

/** Tree hash of a power of two of neighbouring hashes, laid end to end. */
export function hashOfRun(hashes: Buffer): Hash {
  let run: Hash[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) run.push(hashes.subarray(at, at + HASH_BYTES));
  while (run.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i < run.length; i += 2) above.push(nodeHash(run[i] as Hash, run[i + 1] as Hash));
    run = above;
  }
  const [hash] = run;
  if (!hash) throw new RangeError('no hash to fold');
  return hash;
}

/** How many hashes of a tile there are in a tree of `size` leaves: 256 for a full one, 0 where there is none. */
export function widthIn({ level, index }: Tile, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Full tiles of a tree of `size` leaves that one of `before` leaves did not have, lower levels first. */
export function* fullTilesSince(before: number, size: number): Generator<Tile> {
  for (let level = 0; TILE_WIDTH ** (level + 1) <= size; level += 1) {
    const span = TILE_WIDTH ** (level + 1);
    for (let index = Math.floor(before / span); index < Math.floor(size / span); index += 1)
      yield { level, index };
  }
}

/** `x001/x234/067` for 1234067. */
export function tileIndexPath(index: number): string {
  const parts = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return parts.join('/');
}

const INDEX_PATH = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** What the path after `tile/<L>/` names; undefined when it is none, or not written as the specification wants it. */
export function parseTilePath(path: string): { readonly index: number; readonly width: number } | undefined {
  const [, digits, partial] = INDEX_PATH.exec(path) ?? [];
  if (digits === undefined) return undefined;
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (partial !== undefined && width >= TILE_WIDTH) return undefined;
  return Number.isSafeInteger(index) && tileIndexPath(index) === digits ? { index, width } : undefined;
}
