import { LRUCache } from 'lru-cache';
import { eventLeaf, HASH_BYTES, type Hash } from '../transparency/hash.ts';
import type { Subtrees } from '../transparency/proofs.ts';
import { fullTilesSince, hashOfRun, placeOf, TILE_WIDTH, type Tile } from '../transparency/tiles.ts';
import type { Queryable } from './pool.ts';

/** The Merkle tree over the log as the database holds it. */
export type StoredTree = {
  /** Hashes of complete subtrees, of leaves that are in the log. */
  readonly subtrees: Subtrees;
  /** The first `width` hashes of a tile, one behind the other. @throws RangeError when the log is too short for them */
  tile(tile: Tile, width: number): Promise<Buffer>;
};

/** @param cacheSize full tiles kept in memory, 8 KiB each */
export function storedTree(db: Queryable, cacheSize = 256): StoredTree {
  const full = new LRUCache<string, Buffer>({ max: cacheSize });

  async function fullTile({ level, index }: Tile): Promise<Buffer | undefined> {
    const key = `${level}/${index}`;
    const cached = full.get(key);
    if (cached) return cached;
    const { rows } = await db.query<{ hashes: Buffer }>({
      name: 'tile',
      text: 'select hashes from orgeid.log_tiles where level = $1 and index = $2',
      values: [level, index],
    });
    const hashes = rows[0]?.hashes;
    if (hashes) full.set(key, hashes);
    return hashes;
  }

  async function run({ level, index }: Tile, from: number, count: number): Promise<Buffer> {
    const stored = await fullTile({ level, index });
    if (stored) return stored.subarray(from * HASH_BYTES, (from + count) * HASH_BYTES);
    const first = index * TILE_WIDTH + from;
    if (level === 0) return await leaves(db, first, count);
    const below: Buffer[] = [];
    for (let i = first; i < first + count; i += 1)
      below.push(hashOfRun(await run({ level: level - 1, index: i }, 0, TILE_WIDTH)));
    return Buffer.concat(below);
  }

  return {
    async subtrees(wanted) {
      const hashes: Buffer[] = [];
      for (const subtree of wanted) {
        const { from, count, ...tile } = placeOf(subtree);
        hashes.push(hashOfRun(await run(tile, from, count)));
      }
      return hashes;
    },
    tile: (tile, width) => run(tile, 0, width),
  };
}

/** Stores the tiles that have become full since the tree had `before` leaves; those that are there already stay. */
export async function putTiles(db: Queryable, before: number, size: number): Promise<void> {
  const tree = storedTree(db);
  for (const tile of fullTilesSince(before, size)) {
    await db.query({
      name: 'put-tile',
      text: 'insert into orgeid.log_tiles (level, index, hashes) values ($1, $2, $3) on conflict do nothing',
      values: [tile.level, tile.index, await tree.tile(tile, TILE_WIDTH)],
    });
  }
}

/**
 * Leaves of a run of events within one tile, as the stored tile has them (none where it is not full yet) and as the events are now;
 * shorter where events are missing.
 */
export async function readLeaves(
  db: Queryable,
  first: number,
  count: number,
): Promise<{ readonly signed: readonly Hash[]; readonly found: readonly Hash[] }> {
  const { rows: tiles } = await db.query<{ hashes: Buffer }>({
    name: 'leaf-tile',
    text: 'select hashes from orgeid.log_tiles where level = 0 and index = $1',
    values: [Math.floor(first / TILE_WIDTH)],
  });
  const { rows } = await db.query<{ hash: string }>(leavesQuery(first, count));
  const stored = tiles[0]?.hashes;
  const signed = stored
    ? Array.from({ length: count }, (_, i) => stored.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
    : [];
  return { signed, found: rows.map(({ hash }) => eventLeaf(hash)) };
}

/**
 * Entries of a run of events as C2SP tlog-tiles lays them out: each the event's 32-byte hash behind its length in two bytes.
 *
 * @throws RangeError when the log is too short
 */
export async function readEntries(db: Queryable, first: number, count: number): Promise<Buffer> {
  const { rows } = await db.query<{ hash: string }>(leavesQuery(first, count));
  if (rows.length !== count) throw new RangeError(`the log has no events ${first + 1} to ${first + count}`);
  return Buffer.concat(rows.flatMap(({ hash }) => [Buffer.of(0, HASH_BYTES), Buffer.from(hash, 'hex')]));
}

const leavesQuery = (first: number, count: number) => ({
  name: 'leaves',
  text: `select encode(hash, 'hex') as hash from orgeid.events where position > $1 and position <= $2 order by position`,
  values: [first, first + count],
});

async function leaves(db: Queryable, first: number, count: number): Promise<Buffer> {
  const { rows } = await db.query<{ hash: string }>(leavesQuery(first, count));
  if (rows.length !== count) throw new RangeError(`the log has no events ${first + 1} to ${first + count}`);
  return Buffer.concat(rows.map(({ hash }) => eventLeaf(hash)));
}
