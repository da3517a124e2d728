import { createHash } from 'node:crypto';
import type pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import { lastCheckpoint } from '../../store/checkpoints.ts';
import { getPolicy, listPolicies } from '../../store/policy.ts';
import type { EventRow } from '../../store/read.ts';
import { policiesOf, selectEvents } from '../../store/selectEvents.ts';
import { inSnapshot } from '../../store/snapshot.ts';
import { storedTree } from '../../store/tree.ts';
import { toBase64 } from '../../transparency/base64.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { formatVerifierKey, type SignerKey } from '../../transparency/keys.ts';
import { formatNote, parseNote, signText } from '../../transparency/note.ts';
import { consistencyProof, type Subtrees } from '../../transparency/proofs.ts';
import { subtreesOf } from '../../transparency/ranges.ts';
import type { PublicRing } from '../../transparency/ring.ts';
import { type PolicyDigest, policiesLine } from '../policiesLine.ts';
import { BUNDLE_FORMAT, type BundleLine, type BundleScope, formatBundleLine, sealText } from './format.ts';

export type BundleOptions = {
  readonly scope: BundleScope;
  /** Who takes it away. */
  readonly exportedBy: string;
  /** Epoch ms. */
  readonly now: number;
  readonly ring: PublicRing & { readonly signer?: SignerKey };
  /** Signed checkpoints that the taker has from before: the bundle shows that the log goes on from them. */
  readonly since?: readonly string[];
};

/**
 * A bundle as text, a piece at a time, from one snapshot of the database: the selected events up to the last checkpoint, with all that
 * shows that they are in the log it signed. Holds a page of events and some tiles, however large the log is.
 *
 * @throws DomainError EID_ERR_CASE_UNKNOWN when the scope holds no event that is signed; EID_ERR_CHECKPOINT_MISSING when nothing is signed
 */
export async function* writeBundle(pool: pg.Pool, options: BundleOptions): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let lines = 0;
  let events = 0;
  for await (const line of inSnapshot(pool, (client) => content(client, options))) {
    const text = formatBundleLine(line);
    digest.update(text);
    lines += 1;
    if ('event' in line) events += 1;
    yield text;
  }
  const end = formatBundleLine({ end: { lines, events, sha256: digest.copy().digest('hex') } });
  yield end;
  const { signer } = options.ring;
  if (!signer) return;
  const text = sealText(digest.update(end).digest('hex'), events);
  yield formatBundleLine({ seal: formatNote({ text, signatures: [signText(signer, text)] }) });
}

async function* content(db: pg.PoolClient, options: BundleOptions): AsyncGenerator<BundleLine> {
  const { scope, exportedBy, now, ring, since = [] } = options;
  const checkpoint = await lastCheckpoint(db);
  if (!checkpoint) throw new DomainError('EID_ERR_CHECKPOINT_MISSING', {});
  const { subtrees } = storedTree(db);

  yield { bundle: { format: BUNDLE_FORMAT, scope, exportedAt: new Date(now).toISOString(), exportedBy } };
  for (const key of ring.keys) yield { key: formatVerifierKey(key) };
  for (const rotation of ring.rotations) yield { rotation };
  yield { checkpoint: checkpoint.note };
  for (const from of since) yield await consistency(subtrees, from, checkpoint.size);
  const policies = await signedPolicies(db, checkpoint.note);
  yield { policies };

  let at = 0;
  for await (const row of selectEvents(db, scope, checkpoint.size)) {
    const position = Number(row.position);
    yield* skipped(subtrees, at, position - 1);
    yield { event: bundled(row, position) };
    at = position;
  }
  if (at === 0 && scope.kind !== 'ALL') throw nothing(scope);
  yield* skipped(subtrees, at, checkpoint.size);
  const used = new Set(await policiesOf(db, scope));
  for (const { version } of policies)
    if (used.has(version)) yield { policy: { ...(await getPolicy(db, version)) } };
}

async function* skipped(subtrees: Subtrees, start: number, end: number): AsyncGenerator<BundleLine> {
  for (const subtree of subtreesOf({ start, end })) {
    const [hash] = await subtrees([subtree]);
    if (hash) yield { skip: { level: subtree.level, hash: toBase64(hash) } };
  }
}

async function consistency(subtrees: Subtrees, from: string, size: number): Promise<BundleLine> {
  const note = parseNote(from);
  const older = note && parseCheckpoint(note.text);
  if (!older) throw new DomainError('EID_ERR_SHAPE', { what: 'an earlier checkpoint' });
  if (older.size > size)
    throw new DomainError('EID_ERR_LOG_BROKEN', {
      reason: 'the earlier checkpoint is of a longer log',
      size: older.size,
    });
  const proof = await consistencyProof(subtrees, older.size, size);
  return { consistency: { from, proof: proof.map(toBase64) } };
}

/** The policies that the checkpoint vouches for: those installed later are left out. */
async function signedPolicies(db: pg.PoolClient, note: string): Promise<readonly PolicyDigest[]> {
  const text = parseNote(note)?.text ?? '';
  const line = parseCheckpoint(text)?.extensions.find((one) => one.startsWith('policies '));
  const installed = await listPolicies(db);
  for (let n = installed.length; n >= 0; n -= 1)
    if (policiesLine(installed.slice(0, n)) === line) return installed.slice(0, n);
  throw new DomainError('EID_ERR_LOG_BROKEN', { reason: 'the policies are not those that were signed' });
}

const bundled = (row: EventRow, position: number) => ({
  position,
  recordedAt: row.recorded_at,
  prevHash: row.prev_hash,
  hash: row.hash,
  body: row.body,
});

const nothing = (scope: BundleScope) => new DomainError('EID_ERR_CASE_UNKNOWN', { scope });
