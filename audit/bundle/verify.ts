import { createHash } from 'node:crypto';
import { fromBase64 } from '../../transparency/base64.ts';
import { canonicalJson } from '../../transparency/canonicalJson.ts';
import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import type { Hash } from '../../transparency/hash.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../transparency/keys.ts';
import { type Proved, parseNote, verifyNote } from '../../transparency/note.ts';
import { parseRotation, type Rotation, trustedKeys } from '../../transparency/rotation.ts';
import { verifyConsistency } from '../../transparency/verify.ts';
import { type PolicyDigest, policiesLine } from '../policiesLine.ts';
import { BundleFault, type Check } from './faults.ts';
import { type BundleScope, sealText } from './format.ts';
import { known, LineReader } from './lineReader.ts';
import { readLines } from './readLines.ts';
import { asConsistency, asEnd, asEvent, asHead, asPolicies, asPolicy, asSkip, asText } from './shapes.ts';
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
    known(parseVerifierKey(value), 'KEYS', line, 'no key of a log'),
  );
  const rotations = (await lines.all('rotation', asText)).map(({ value, line }) =>
    known(parseRotation(value), 'KEYS', line, 'no rotation that both keys signed'),
  );
  const signers = believed(keys, rotations, trust, lines.number);
  const { checkpoint, key, witnesses } = await signedHead(lines, signers, trust);
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
  if (stranger)
    throw new BundleFault(
      'KEYS',
      line,
      `the key ${formatVerifierKey(stranger)} does not follow from one that is trusted`,
    );
  return follow;
}

async function signedHead(
  lines: LineReader,
  signers: readonly VerifierKey[],
  { witnesses = [], enough = () => true }: Trust,
) {
  const note = await lines.one('checkpoint', asText);
  const line = lines.number;
  const { checkpoint, by } = opened(note, [...signers, ...witnesses], 'CHECKPOINT', line);
  const key = by.find((proved) => signers.includes(proved.key))?.key;
  if (!key) throw new BundleFault('CHECKPOINT', line, 'no trusted key of the log signed the checkpoint');
  const seen = by.filter((proved) => witnesses.includes(proved.key));
  if (!enough(seen.map((proved) => proved.key)))
    throw new BundleFault('WITNESSES', line, `${seen.length} witnesses cosigned, which are not enough`);
  const told = seen.map(({ key: { name }, time = 0 }) => ({ name, at: new Date(time * 1000).toISOString() }));
  return { checkpoint, key, witnesses: told };
}

async function consistencies(
  lines: LineReader,
  newer: Checkpoint,
  signers: readonly VerifierKey[],
  { earlier }: Trust,
): Promise<number[]> {
  const sizes: number[] = [];
  let wanted = earlier;
  for (const { value, line } of await lines.all('consistency', asConsistency)) {
    const { checkpoint: older } = opened(value.from, signers, 'CONSISTENCY', line);
    const proof = value.proof.map((hash) => known(hashOf(hash), 'CONSISTENCY', line, 'no hash'));
    if (older.origin !== newer.origin || !verifyConsistency(older, newer, proof))
      throw new BundleFault(
        'CONSISTENCY',
        line,
        `the log does not go on from the checkpoint of ${older.size} events`,
      );
    if (value.from === wanted) wanted = undefined;
    sizes.push(older.size);
  }
  if (wanted !== undefined)
    throw new BundleFault(
      'CONSISTENCY',
      lines.number,
      'nothing shows that the log goes on from your earlier checkpoint',
    );
  return sizes;
}

async function policyDigests(
  lines: LineReader,
  { extensions }: Checkpoint,
): Promise<readonly PolicyDigest[]> {
  const policies = await lines.one('policies', asPolicies);
  if (!extensions.includes(policiesLine(policies)))
    throw new BundleFault(
      'POLICIES',
      lines.number,
      'these are not the policies that the checkpoint vouches for',
    );
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
  if (walk.tree.size !== size)
    throw new BundleFault(
      'TREE',
      line,
      `the signed log has ${size} events, ${walk.tree.size} are accounted for`,
    );
  if (!walk.tree.root().equals(root))
    throw new BundleFault(
      'TREE',
      line,
      'these are not the events of the log that was signed: the root is another',
    );
  return events;
}

async function policiesShown(lines: LineReader, digests: readonly PolicyDigest[]): Promise<string[]> {
  const shown: string[] = [];
  for (const { value, line } of await lines.all('policy', asPolicy)) {
    const sha256 = createHash('sha256')
      .update(canonicalJson(value) ?? '')
      .digest('hex');
    if (digests.find(({ version }) => version === value.version)?.sha256 !== sha256)
      throw new BundleFault('POLICIES', line, `the policy ${value.version} is not the one that was in force`);
    shown.push(value.version);
  }
  return shown;
}

async function ending(lines: LineReader, events: number, signers: readonly VerifierKey[]): Promise<boolean> {
  const end = await lines.one('end', asEnd);
  if (end.sha256 !== lines.before || end.lines !== lines.number - 1 || end.events !== events)
    throw new BundleFault('END', lines.number, 'the bundle is not as it was written: its digest is another');
  const seal = await lines.maybe('seal', asText);
  const line = lines.number;
  if (seal !== undefined) {
    const note = parseNote(seal);
    if (!note || note.text !== sealText(lines.before, events) || !verifyNote(note, signers).valid)
      throw new BundleFault('SEAL', line, 'the seal is not of this bundle, or no trusted key made it');
  }
  await lines.none();
  return seal !== undefined;
}

function opened(
  text: string,
  keys: readonly VerifierKey[],
  check: Check,
  line: number,
): { readonly checkpoint: Checkpoint; readonly by: readonly Proved[] } {
  const note = parseNote(text);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!note || !checkpoint) throw new BundleFault(check, line, 'no checkpoint');
  const verdict = verifyNote(note, keys);
  if (!verdict.valid)
    throw new BundleFault(
      check,
      line,
      verdict.key ? `the signature of ${verdict.key.name} is wrong` : 'no trusted key signed the checkpoint',
    );
  return { checkpoint, by: verdict.by };
}

const hashOf = (text: string): Hash | undefined => {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
};
