import { join } from 'node:path';
import type pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import { lastCheckpoint, putCheckpoint } from '../../store/checkpoints.ts';
import { listPolicies } from '../../store/policy.ts';
import { readHead } from '../../store/read.ts';
import { inTransaction } from '../../store/transaction.ts';
import { putTiles, storedTree } from '../../store/tree.ts';
import { verifyAfter } from '../../store/verify.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { eventLeaf } from '../../transparency/hash.ts';
import type { VerifierKey } from '../../transparency/keys.ts';
import { formatNote, parseNote, signText, verifyNote } from '../../transparency/note.ts';
import { rootOf } from '../../transparency/proofs.ts';
import { openRing, type Ring } from '../../transparency/ring.ts';
import { policiesLine } from '../policiesLine.ts';
import { keepCheckpoint, keepCosigned, keptSizes, readKept } from './kept.ts';

export type CheckpointSettings = {
  readonly pool: pg.Pool;
  /** Where keys and checkpoints are kept, outside the database: `keys/` and `checkpoints/` in it. */
  readonly folder: string;
  /** Name of the log, when its first key is made. */
  readonly origin: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** Adds what witnesses say to a signed checkpoint. Witnesses that do not answer are left out. */
  readonly cosign?: (note: string, checkpoint: Checkpoint) => Promise<string>;
  /** Tells others of it, before it counts as made. */
  readonly publish?: (note: string, size: number) => Promise<void>;
};

/** A checkpoint that stands, and whether this call made it. */
export type Made = { readonly made: boolean; readonly size: number; readonly note: string };

export const keysIn = (folder: string): string => join(folder, 'keys');
export const checkpointsIn = (folder: string): string => join(folder, 'checkpoints');

/**
 * Signs the log as it stands, when it has grown since the last checkpoint. Whatever it signs goes on from what it signed before: the last
 * checkpoint outside the database must be a beginning of the log, and the events since then a whole chain. Steps that a crash
 * left out are done by the next call. Calls at once take turns.
 *
 * @throws DomainError EID_ERR_LOG_BROKEN when the log does not go on from the last checkpoint: nothing is signed
 * @throws DomainError EID_ERR_FILE
 */
export async function makeCheckpoint(settings: CheckpointSettings): Promise<Made> {
  const { pool, folder, origin, now, cosign, publish } = settings;
  const ring = await openRing(keysIn(folder), origin, now());
  const signed = await inTurn(pool, (db) => signHead(db, checkpointsIn(folder), ring));
  const stored = await lastCheckpoint(pool, signed.size);
  if (stored?.size === signed.size) return { made: false, size: signed.size, note: stored.note };
  const checkpoint = checkpointIn(signed.note, ring.keys);
  const note = cosign ? await cosign(signed.note, checkpoint) : signed.note;
  if (note !== signed.note) await keepCosigned(checkpointsIn(folder), signed.size, note);
  await publish?.(note, signed.size);
  await putCheckpoint(pool, { ...checkpoint, note });
  return { made: true, size: signed.size, note };
}

type Signed = { readonly size: number; readonly note: string };

async function signHead(db: pg.PoolClient, folder: string, ring: Ring): Promise<Signed> {
  const head = await readHead(db);
  const last = await lastSigned(folder, ring.keys);
  const subtrees = storedTree(db).subtrees;
  await mustGoOn(db, last, head.position, ring.keys);
  if (last?.size === head.position) return last;

  await putTiles(db, (await lastCheckpoint(db))?.size ?? 0, head.position);
  const text = formatCheckpoint({
    origin: ring.signer.name,
    size: head.position,
    root: await rootOf(subtrees, head.position),
    extensions: [policiesLine(await listPolicies(db))],
  });
  const note = formatNote({ text, signatures: [signText(ring.signer, text)] });
  return { size: head.position, note: await keepCheckpoint(folder, head.position, note) };
}

/** The largest checkpoint outside the database. */
async function lastSigned(folder: string, keys: readonly VerifierKey[]): Promise<Signed | undefined> {
  const size = (await keptSizes(folder)).at(-1);
  const note = size === undefined ? undefined : await readKept(folder, size);
  if (size === undefined || note === undefined) return undefined;
  if (checkpointIn(note, keys).size !== size)
    throw new DomainError('EID_ERR_LOG_BROKEN', {
      reason: 'a kept checkpoint is not of the size that its name says',
      size,
    });
  return { size, note };
}

/** @throws DomainError EID_ERR_LOG_BROKEN */
async function mustGoOn(
  db: pg.PoolClient,
  last: Signed | undefined,
  position: number,
  keys: readonly VerifierKey[],
): Promise<void> {
  const size = last?.size ?? 0;
  const refuse = (reason: string, more: object = {}) =>
    new DomainError('EID_ERR_LOG_BROKEN', { reason, size, position, ...more });
  if (size > position) throw refuse('the log is shorter than a checkpoint that was signed');
  const { subtrees } = storedTree(db);
  if (last && !(await rootOf(subtrees, size)).equals(checkpointIn(last.note, keys).root))
    throw refuse('the log is not the one that was signed');
  const verdict = await verifyAfter(db, size);
  if (!verdict.whole) throw refuse('the log is not whole after the last checkpoint', verdict);
  const [leaf] = size === 0 ? [] : await subtrees([{ level: 0, index: size - 1 }]);
  if (leaf && verdict.from !== undefined && !eventLeaf(verdict.from).equals(leaf))
    throw refuse('the event at the last checkpoint is not the one that was signed');
}

/** @throws DomainError EID_ERR_LOG_BROKEN when it is no checkpoint, or not signed by a key of the log */
export function checkpointIn(note: string, keys: readonly VerifierKey[]): Checkpoint {
  const read = parseNote(note);
  const checkpoint = read && parseCheckpoint(read.text);
  if (!read || !checkpoint || !verifyNote(read, keys).valid)
    throw new DomainError('EID_ERR_LOG_BROKEN', {
      reason: 'a kept checkpoint is not signed by a key of the log',
    });
  return checkpoint;
}

/** One after the other, in all processes. */
const inTurn = <T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock('orgeid.checkpoints'::regclass::oid::integer, 0)`);
    return await work(db);
  });
