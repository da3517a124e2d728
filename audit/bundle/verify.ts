import { createHash } from 'node:crypto';
import { canonicalJson } from '../../transparency/canonicalJson.ts';
import { type Checkpoint, formatCheckpoint } from '../../transparency/checkpoint.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../transparency/keys.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { parseRotation, type Rotation, trustedKeys } from '../../transparency/rotation.ts';
import { hashLine } from '../../transparency/tlogProof.ts';
import { verifyConsistency } from '../../transparency/verify.ts';
import { type PolicyDigest, policiesLine } from '../policiesLine.ts';
import { BundleFault } from './faults.ts';
import { type BundleScope, sealText } from './format.ts';
import { known, LineReader } from './lineReader.ts';
import { readLines } from './readLines.ts';
import { asConsistency, asEnd, asEvent, asHead, asPolicies, asPolicy, asSkip, asText } from './shapes.ts';
import { opened, signedHead } from './signedHead.ts';
import { type Walk, walkOf } from './walk.ts';

/** What the reader of a bundle knows from elsewhere. */
export type Trust = {
  /** Keys of the log; without any, the bundle's own are taken, and nothing says that they are the log's. */
  readonly keys?: readonly VerifierKey[];
  readonly witnesses?: readonly VerifierKey[];
  /** Whether these witnesses are enough; all are by default, and none as well. */
  readonly enough?: (cosigners: readonly VerifierKey[]) => boolean;
  /** A checkpoint of the log that the reader has from before: the bundle must show that the log goes on from it. */
  readonly earlier?: string;
};

/** What holds of a bundle. */
export type BundleReport = {
  readonly scope: BundleScope;
  readonly exportedAt: string;
  readonly exportedBy: string;
  readonly origin: string;
  /** How many events the signed log has, and how many of them are here. */
  readonly size: number;
  readonly events: number;
  readonly policies: readonly string[];
  /** Key that signed the checkpoint, and whether it follows from a key that the reader trusts. */
  readonly key: string;
  readonly trusted: boolean;
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
  /** Sizes of earlier checkpoints from which the log is shown to go on. */
  readonly consistentWith: readonly number[];
  /** Whether the log's key vouches that the bundle is as it was exported, and so also that its last events were not left out. */
  readonly sealed: boolean;
};

/** A bundle that holds, or the first thing of it that does not. */
export type BundleVerdict =
  | { readonly holds: true; readonly report: BundleReport }
  | { readonly holds: false; readonly fault: BundleFault };

/** Reads a bundle once from beginning to end, a line in memory. */
export async function verifyBundle(
  bytes: AsyncIterable<Uint8Array>,
  trust: Trust = {},
): Promise<BundleVerdict> {
  try {
    return { holds: true, report: await read(new LineReader(readLines(bytes)), trust) };
  } catch (fault) {
    if (fault instanceof BundleFault) return { holds: false, fault };
    throw fault;
  }
}

async function read(lines: LineReader, trust: Trust): Promise<BundleReport> {
  const head = await lines.one('bundle', asHead);
  const keys = (await lines.all('key', asText)).map(({ value, line }) =>
    known(parseVerifierKey(value), 'NO_KEY', line),
  );
  const rotations = (await lines.all('rotation', asText)).map(({ value, line }) =>
    known(parseRotation(value), 'NO_ROTATION', line),
  );
  const signers = believed(keys, rotations, trust, lines.number);
  const note = await lines.one('checkpoint', asText);
  const { checkpoint, key, witnesses } = signedHead(note, lines.number, { ...trust, signers });
  const consistentWith = await consistencies(lines, checkpoint, signers, trust);
  const policies = await policyDigests(lines, checkpoint);
  const events = await walked(lines, walkOf(head.scope), checkpoint);
  const shown = await policiesShown(lines, policies);
  const sealed = await ending(lines, events, signers);
  const { scope, exportedAt, exportedBy } = head;
  return {
    scope,
    exportedAt,
    exportedBy,
    origin: checkpoint.origin,
    size: checkpoint.size,
    events,
    policies: shown,
    key: formatVerifierKey(key),
    trusted: (trust.keys ?? []).length > 0,
    witnesses,
    consistentWith,
    sealed,
  };
}

function believed(
  keys: readonly VerifierKey[],
  rotations: readonly Rotation[],
  { keys: trusted = [] }: Trust,
  line: number,
): readonly VerifierKey[] {
  const from = trusted.length > 0 ? trusted : keys.slice(0, 1);
  const follow = trustedKeys(from, rotations);
  const stranger = keys.find(
    (key) => !follow.some((one) => formatVerifierKey(one) === formatVerifierKey(key)),
  );
  if (stranger) throw new BundleFault('STRANGER', line, { about: formatVerifierKey(stranger) });
  return follow;
}

async function consistencies(
  lines: LineReader,
  newer: Checkpoint,
  signers: readonly VerifierKey[],
  { earlier }: Trust,
): Promise<number[]> {
  const sizes: number[] = [];
  let wanted = earlier === undefined ? undefined : parseNote(earlier)?.text;
  if (earlier !== undefined && wanted === undefined) throw new BundleFault('NO_EARLIER', lines.number);
  if (wanted === formatCheckpoint(newer)) {
    wanted = undefined;
    sizes.push(newer.size);
  }
  for (const { value, line } of await lines.all('consistency', asConsistency)) {
    const { checkpoint: older } = opened(value.from, signers, line, 'NO_EARLIER');
    const proof = value.proof.map((hash) => known(hashLine(hash), 'NO_HASH', line));
    if (older.origin !== newer.origin || !verifyConsistency(older, newer, proof))
      throw new BundleFault('FORKED', line, { about: older.size });
    // The same checkpoint may have been cosigned since.
    if (parseNote(value.from)?.text === wanted) wanted = undefined;
    sizes.push(older.size);
  }
  if (wanted !== undefined) throw new BundleFault('NOT_SHOWN', lines.number);
  return [...new Set(sizes)];
}

async function policyDigests(
  lines: LineReader,
  { extensions }: Checkpoint,
): Promise<readonly PolicyDigest[]> {
  const policies = await lines.one('policies', asPolicies);
  if (!extensions.includes(policiesLine(policies))) throw new BundleFault('OTHER_POLICIES', lines.number);
  return policies;
}

async function walked(lines: LineReader, walk: Walk, { size, root }: Checkpoint): Promise<number> {
  let events = 0;
  for (;;) {
    const event = await lines.maybe('event', asEvent);
    const skip = event ? undefined : await lines.maybe('skip', asSkip);
    if (event) walk.event(event, lines.number);
    else if (skip) walk.skip(skip, lines.number);
    else break;
    if (event) events += 1;
  }
  const line = lines.number;
  if (walk.tree.size !== size) throw new BundleFault('OTHER_SIZE', line, { about: walk.tree.size });
  if (!walk.tree.root().equals(root)) throw new BundleFault('OTHER_ROOT', line);
  return events;
}

async function policiesShown(lines: LineReader, digests: readonly PolicyDigest[]): Promise<string[]> {
  const shown: string[] = [];
  for (const { value, line } of await lines.all('policy', asPolicy)) {
    const sha256 = createHash('sha256')
      .update(canonicalJson(value) ?? '')
      .digest('hex');
    if (digests.find(({ version }) => version === value.version)?.sha256 !== sha256)
      throw new BundleFault('OTHER_POLICY', line, { about: value.version });
    shown.push(value.version);
  }
  return shown;
}

async function ending(lines: LineReader, events: number, signers: readonly VerifierKey[]): Promise<boolean> {
  const end = await lines.one('end', asEnd);
  if (end.sha256 !== lines.before || end.lines !== lines.number - 1 || end.events !== events)
    throw new BundleFault('OTHER_DIGEST', lines.number);
  const seal = await lines.maybe('seal', asText);
  const line = lines.number;
  if (seal !== undefined) {
    const note = parseNote(seal);
    if (!note || note.text !== sealText(lines.before, events) || !verifyNote(note, signers).valid)
      throw new BundleFault('NO_SEAL', line);
  }
  await lines.none();
  return seal !== undefined;
}
