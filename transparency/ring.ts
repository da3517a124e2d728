import { randomBytes } from 'node:crypto';
import { access, constants, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../domain/error.ts';
import { createWhole, fileError, makeFolder, readIfThere, removeStaleDrafts } from '../files/whole.ts';
import {
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  signerKey,
  type VerifierKey,
} from './keys.ts';
import { parseRotation, rotationNote } from './rotation.ts';

/** What everybody may know of a log's keys: each generation's, oldest first, and the notes by which they took over. */
export type PublicRing = { readonly keys: readonly VerifierKey[]; readonly rotations: readonly string[] };

/** The keys of a log with the one that signs now. */
export type Ring = PublicRing & { readonly signer: SignerKey };

/** A generation has three files that are never written twice: its secret, its public key, and the note by which it took over. */
const name = {
  secret: (generation: number) => `signer-${digits(generation)}.key`,
  public: (generation: number) => `key-${digits(generation)}.vkey`,
  rotation: (generation: number) => `rotation-${digits(generation)}.note`,
};
const digits = (generation: number) => String(generation).padStart(6, '0');

/**
 * The keys of a log's folder; makes the first where there is none. Finishes a rotation that was interrupted.
 *
 * @param origin name of the log and of its keys, when the first is made
 * @param now epoch ms
 * @throws DomainError EID_ERR_FILE when a file cannot be read, is not whole, or others than its owner may read a secret
 */
export async function openRing(folder: string, origin: string, now: number): Promise<Ring> {
  await makeFolder(folder);
  await removeStaleDrafts(folder);
  const newest = await newestSecret(folder);
  if (newest === 0) {
    if ((await readPublicRing(folder)).keys.length > 0)
      throw refuse(
        join(folder, name.secret(1)),
        'the secret key is gone; restore it, none is made in its place',
      );
    await createWhole(folder, name.secret(1), `${formatSignerKey(newSigner(origin))}\n`, 0o600);
    return await openRing(folder, origin, now);
  }
  const signer = await readSecret(folder, newest);
  await createWhole(folder, name.public(newest), `${formatVerifierKey(signer)}\n`, 0o644);
  if (newest > 1) await takeOver(folder, newest, signer, now);
  return { ...(await readPublicRing(folder)), signer };
}

/**
 * A new key signs from now on; the old one and the new one both say so, and the old one's secret is deleted.
 *
 * @throws DomainError as {@link openRing}
 */
export async function rotateRing(folder: string, origin: string, now: number): Promise<Ring> {
  const { signer, keys } = await openRing(folder, origin, now);
  const next = formatSignerKey(newSigner(signer.name));
  // Whoever was first made the same generation: both go on with what stands.
  await createWhole(folder, name.secret(keys.length + 1), `${next}\n`, 0o600);
  return await openRing(folder, origin, now);
}

/**
 * The keys of a folder as they are, with the one that signs now when this process may read it; nothing is made or finished.
 *
 * @throws DomainError as {@link openRing}
 */
export async function readRing(folder: string): Promise<PublicRing & { readonly signer?: SignerKey }> {
  const ring = await readPublicRing(folder);
  const mine = await access(join(folder, name.secret(ring.keys.length)), constants.R_OK).then(
    () => true,
    () => false,
  );
  return mine ? { ...ring, signer: await readSecret(folder, ring.keys.length) } : ring;
}

/** The public part alone, of any folder that holds it; empty when there is none. @throws DomainError EID_ERR_FILE */
export async function readPublicRing(folder: string): Promise<PublicRing> {
  const keys: VerifierKey[] = [];
  const rotations: string[] = [];
  for (let generation = 1; ; generation += 1) {
    const file = join(folder, name.public(generation));
    const text = await read(file);
    if (text === undefined) return { keys, rotations };
    const key = parseVerifierKey(text.trimEnd());
    if (!key) throw refuse(file, 'is no key');
    keys.push(key);
    const note = generation === 1 ? undefined : await read(join(folder, name.rotation(generation)));
    if (note === undefined) continue;
    if (!parseRotation(note))
      throw refuse(join(folder, name.rotation(generation)), 'is no note of a rotation');
    rotations.push(note);
  }
}

async function takeOver(folder: string, generation: number, signer: SignerKey, now: number): Promise<void> {
  const before = name.secret(generation - 1);
  const note = name.rotation(generation);
  if ((await read(join(folder, note))) === undefined) {
    const old = await readSecret(folder, generation - 1);
    await createWhole(folder, note, rotationNote(old, signer, new Date(now).toISOString()), 0o644);
  }
  await rm(join(folder, before), { force: true });
}

async function newestSecret(folder: string): Promise<number> {
  const names = await readdir(folder);
  return Math.max(0, ...names.map((file) => Number(/^signer-(\d+)\.key$/.exec(file)?.[1] ?? 0)));
}

async function readSecret(folder: string, generation: number): Promise<SignerKey> {
  const file = join(folder, name.secret(generation));
  const text = await read(file);
  const { mode } = await stat(file).catch(() => ({ mode: 0 }));
  if ((mode & 0o077) !== 0) throw refuse(file, 'others than its owner may use it; set its mode to 600');
  const signer = parseSignerKey(text?.trimEnd() ?? '');
  if (!signer) throw refuse(file, 'is no whole key; restore it, none is made in its place');
  return signer;
}

const newSigner = (origin: string): SignerKey => signerKey(origin, 'ED25519', randomBytes(32));

async function read(file: string): Promise<string | undefined> {
  return await readIfThere(file).catch((error: unknown) => {
    throw fileError(file, error);
  });
}

const refuse = (file: string, reason: string) => new DomainError('EID_ERR_FILE', { file, reason });
