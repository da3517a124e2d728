import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import type { VerifierKey } from '../../transparency/keys.ts';
import { type Proved, parseNote, verifyNote } from '../../transparency/note.ts';
import { BundleFault, type FaultCode } from './faults.ts';

/** Whose signatures of a checkpoint count. */
export type Believed = {
  readonly signers: readonly VerifierKey[];
  readonly witnesses?: readonly VerifierKey[] | undefined;
  /** Whether these witnesses are enough; all are by default, and none as well. */
  readonly enough?: ((cosigners: readonly VerifierKey[]) => boolean) | undefined;
};

/** A checkpoint that a believed key signed, and the witnesses who cosigned it. Instants are ISO 8601 UTC. */
export type SignedHead = {
  readonly checkpoint: Checkpoint;
  readonly key: VerifierKey;
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
};

/** @throws BundleFault `CHECKPOINT` or `WITNESSES` */
export function signedHead(
  note: string,
  line: number,
  { signers, witnesses = [], enough = () => true }: Believed,
): SignedHead {
  const { checkpoint, by } = opened(note, [...signers, ...witnesses], line);
  const key = by.find((proved) => signers.includes(proved.key))?.key;
  if (!key) throw new BundleFault('UNTRUSTED', line);
  const seen = by.filter((proved) => witnesses.includes(proved.key));
  if (!enough(seen.map((proved) => proved.key)))
    throw new BundleFault('FEW_WITNESSES', line, { about: seen.length });
  const told = seen.map(({ key: { name }, time = 0 }) => ({ name, at: new Date(time * 1000).toISOString() }));
  return { checkpoint, key, witnesses: told };
}

/**
 * A checkpoint that one of these keys signed.
 *
 * @param code of whatever is wrong with it; what it is, when there is none
 * @throws BundleFault
 */
export function opened(
  text: string,
  keys: readonly VerifierKey[],
  line: number,
  code?: FaultCode,
): { readonly checkpoint: Checkpoint; readonly by: readonly Proved[] } {
  const note = parseNote(text);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!note || !checkpoint) throw new BundleFault(code ?? 'NO_CHECKPOINT', line);
  const verdict = verifyNote(note, keys);
  if (!verdict.valid && verdict.key)
    throw new BundleFault(code ?? 'WRONG_SIGNATURE', line, { about: verdict.key.name });
  if (!verdict.valid) throw new BundleFault(code ?? 'UNTRUSTED', line);
  return { checkpoint, by: verdict.by };
}
