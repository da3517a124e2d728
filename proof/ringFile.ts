import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../domain/error.ts';
import { createWhole, fileError, hasCode, readIfThere } from '../files/whole.ts';
import { ProofKeyRing } from '../schemas/proof.ts';

/** A key ring as its folder holds it; each rotation makes the next generation. */
export type StoredRing = { readonly generation: number; readonly ring: ProofKeyRing };

const nameOf = (generation: number): string => `ring-${String(generation).padStart(6, '0')}.json`;
const ringName = /^ring-(\d+)\.json$/;
/** How often a reader looks again while rotations take files away under its eyes. */
const LOOKS = 100;

/**
 * The key ring of a folder: its highest generation. A generation is a file that is never written twice, so two rotations at
 * once cannot both make the next one.
 *
 * @returns undefined when there is none
 * @throws DomainError EID_ERR_FILE when it cannot be read, is not whole, or others than its owner may read it
 */
export async function readRing(folder: string): Promise<StoredRing | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const generation = Math.max(0, ...(await generations(folder)));
    if (generation === 0) return undefined;
    const ring = await read(join(folder, nameOf(generation)));
    if (ring) return { generation, ring };
  }
  throw new DomainError('EID_ERR_FILE', { file: folder, reason: 'the key ring vanishes while it is read' });
}

/**
 * Makes a generation of the ring.
 *
 * @returns the ring that stands then, and whether it is this one
 */
export async function placeRing(
  folder: string,
  generation: number,
  ring: ProofKeyRing,
): Promise<StoredRing & { readonly mine: boolean }> {
  const made = await createWhole(folder, nameOf(generation), `${JSON.stringify(ring, null, 2)}\n`, 0o600);
  const stands = await readRing(folder);
  if (!stands) throw new DomainError('EID_ERR_FILE', { file: folder, reason: 'the key ring has vanished' });
  // Whoever was overtaken by two rotations may find the name free again: then a later generation stands.
  return { ...stands, mine: made && stands.generation === generation };
}

/** Removes earlier generations, with the private parts of keys that were retired. */
export async function removeEarlier(folder: string, generation: number): Promise<void> {
  const earlier = (await generations(folder)).filter((one) => one < generation);
  for (const one of earlier) await rm(join(folder, nameOf(one)), { force: true });
}

async function generations(folder: string): Promise<number[]> {
  try {
    return (await readdir(folder)).flatMap((name) => {
      const [, digits] = ringName.exec(name) ?? [];
      return digits === undefined ? [] : [Number(digits)];
    });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw fileError(folder, error);
  }
}

async function read(file: string): Promise<ProofKeyRing | undefined> {
  const refuse = (reason: string) => new DomainError('EID_ERR_FILE', { file, reason });
  const text = await readIfThere(file).catch((error: unknown) => {
    throw fileError(file, error);
  });
  if (text === undefined) return undefined;
  const { mode } = await stat(file).catch(() => ({ mode: 0 }));
  if ((mode & 0o077) !== 0) throw refuse('others than its owner may use it; set its mode to 600');
  const ring = ProofKeyRing.safeParse(parsed(text));
  if (!ring.success) throw refuse('is no whole key ring; restore it, no key is made in its place');
  return ring.data;
}

/** A syntax error's own message would quote the file, private parts included. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
