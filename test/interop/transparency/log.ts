import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { keysIn, makeCheckpoint } from '../../../audit/checkpoint/make.ts';
import { migrate } from '../../../store/migrate.ts';
import { openPool } from '../../../store/pool.ts';
import { createRecorder } from '../../../store/record.ts';
import { storedTree } from '../../../store/tree.ts';
import { formatVerifierKey, signerKey } from '../../../transparency/keys.ts';
import { consistencyProof } from '../../../transparency/proofs.ts';
import { openRing, rotateRing } from '../../../transparency/ring.ts';
import { TILE_WIDTH, tileIndexPath, widthIn } from '../../../transparency/tiles.ts';
import { cosignedBy } from '../../../transparency/witness.ts';
import { createWitness } from '../../../transparency/witnessing.ts';
import { freshDatabase, newStream, note, projections } from '../../store/support.ts';
import type { Signed } from './verifier.ts';

export const ORIGIN = 'example.org/log';
/** The empty log, a tree on either side of a full tile and of two, and one of no round size. */
export const SIZES = [0, 1, 255, 256, 257, 512, 650, 700] as const;
/** From this size on, checkpoints are signed by the second key. */
export const ROTATED_AT = 512;

/** A log in PostgreSQL with a cosigned checkpoint of each of {@link SIZES}. */
export type SignedLog = {
  readonly pool: pg.Pool;
  /** With the keys that signed them. */
  readonly checkpoints: readonly (Required<Signed> & { readonly size: number })[];
  readonly rotation: Required<Signed>;
  /** Chain hashes of the events, from the first. */
  readonly entries: readonly Buffer[];
  /** When the witness was asked, epoch seconds. */
  readonly between: readonly [number, number];
  remove(): Promise<void>;
};

/** @param engine URL of the PostgreSQL that it gets a database of */
export async function signedLog(engine: string): Promise<SignedLog> {
  const url = await freshDatabase(engine);
  await migrate(url);
  const pool = openPool(url, { max: 4 });
  const folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
  const ring = await openRing(keysIn(folder), ORIGIN, Date.now());
  const witness = await serveWitness(join(folder, 'witness'), keysIn(folder));
  const seconds = () => Math.floor(Date.now() / 1000);
  const began = seconds();

  const checkpoints: SignedLog['checkpoints'][number][] = [];
  const keys = ring.keys.map(formatVerifierKey);
  let rotation: Buffer | undefined;
  let size = 0;
  for (const wanted of SIZES) {
    await write(pool, wanted - size);
    size = wanted;
    if (size === ROTATED_AT) {
      const next = await rotateRing(keysIn(folder), ORIGIN, Date.now());
      rotation = Buffer.from(next.rotations[0] ?? '');
      keys.push(formatVerifierKey(next.signer));
    }
    const made = await makeCheckpoint({
      pool,
      folder,
      origin: ORIGIN,
      now: Date.now,
      cosign: async (text, checkpoint) => {
        const { subtrees } = storedTree(pool);
        const proof = (older: number, newer: number) => consistencyProof(subtrees, older, newer);
        const { note: cosigned, without } = await cosignedBy([witness], text, checkpoint, proof, 10_000);
        if (without[0]) throw new Error(`the witness ${without[0].why}`);
        return cosigned;
      },
    });
    checkpoints.push({
      size,
      note: Buffer.from(made.note),
      keys: keys.slice(-1),
      witnesses: [formatVerifierKey(witness.key)],
    });
  }
  await witness.close();
  const { rows } = await pool.query<{ hash: Buffer }>('select hash from orgeid.events order by position');
  return {
    pool,
    checkpoints,
    rotation: { note: rotation ?? Buffer.alloc(0), keys, witnesses: [] },
    entries: rows.map(({ hash }) => hash),
    between: [began, seconds()],
    async remove() {
      await pool.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function write(pool: pg.Pool, count: number): Promise<void> {
  if (count === 0) return;
  const events = Array.from({ length: count }, (_, i) => ({ type: 'Noted', data: { note: `ghi ${i}` } }));
  await createRecorder(pool, projections).record(note(newStream(), 0, { events }));
}

/** A witness over HTTP that knows the keys of a log's folder as they are when it is asked. */
async function serveWitness(folder: string, keys: string) {
  const key = signerKey('example.org/witness', 'COSIGNATURE', Buffer.alloc(32, 7));
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const { keys: logs } = await openRing(keys, ORIGIN, Date.now());
    const witness = createWitness(folder, key, logs, Date.now);
    const { status, body } = await witness.addCheckpoint(Buffer.concat(parts).toString());
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    name: 'witness',
    key,
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/**
 * Writes all tiles of a tree where C2SP tlog-tiles has them.
 *
 * @returns their paths
 */
export async function writeTiles(pool: pg.Pool, folder: string, size: number): Promise<string[]> {
  const paths: string[] = [];
  for (let level = 0; widthIn({ level, index: 0 }, size) > 0; level += 1)
    for (let index = 0; ; index += 1) {
      const width = widthIn({ level, index }, size);
      if (width === 0) break;
      const partial = width === TILE_WIDTH ? '' : `.p/${width}`;
      const path = join(folder, 'tile', String(level), `${tileIndexPath(index)}${partial}`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await storedTree(pool).tile({ level, index }, width));
      paths.push(path);
    }
  return paths;
}
