import { DomainError } from '../domain/error.ts';
import { makeFolder, removeStaleDrafts } from '../files/whole.ts';
import { DEFAULT_ISSUER, ProofKeyRing } from '../schemas/proof.ts';
import { publicKey } from './keySet.ts';
import { newKey } from './newKey.ts';
import { publishKeySet } from './publish.ts';
import { placeRing, readRing, removeEarlier, type StoredRing } from './ringFile.ts';

/** How long a retired key stays published after its last proof is over, in ms: the clocks of desks and issuers differ. */
export const KEY_MARGIN_MS = 3_600_000;

/** `now` in epoch ms; `issuer` names a ring that is made here for the first time. */
export type OpenOptions = { readonly now: number; readonly issuer?: string };

/**
 * All in ms. `leadMs`: how long the next key must have been published before it signs (0 when absent). `leaked`: others may hold the private
 * keys, so all keys are new and none of the old ones stays published.
 */
export type RotateOptions = {
  readonly now: number;
  readonly proofLifetimeMs: number;
  readonly marginMs?: number;
  readonly leadMs?: number;
  readonly leaked?: boolean;
};

/** What a rotation came to. `rotated` is false when another was first, or the next key was published too short a time ago. */
export type Rotation = { readonly rotated: boolean; readonly ring: ProofKeyRing };

/**
 * Opens the key ring of a folder, and makes folder and ring where there are none. Finishes what an interrupted rotation left: takes
 * away earlier generations and drafts, and publishes the key set.
 *
 * @throws DomainError EID_ERR_FILE when the ring cannot be read or is not whole (it is never replaced by a new one); EID_ERR_SHAPE
 */
export async function openKeys(folder: string, options: OpenOptions): Promise<ProofKeyRing> {
  await makeFolder(folder);
  const { generation, ring } = (await readRing(folder)) ?? (await createRing(folder, options));
  await removeEarlier(folder, generation);
  await removeStaleDrafts(folder);
  await publishKeySet(folder, options.now);
  return ring;
}

/**
 * The next key signs from now on, a new next key is made and published, and the one that signed is retired: its public part stays
 * published until its last proof is over and a margin has passed, its private part is deleted. Two at once are one rotation.
 *
 * @throws DomainError EID_ERR_FILE as `openKeys` does
 */
export async function rotateKeys(folder: string, options: RotateOptions): Promise<Rotation> {
  const { now, leadMs = 0, leaked = false } = options;
  await openKeys(folder, { now });
  const before = await readRing(folder);
  if (!before) throw new Error('the ring was opened a moment ago');
  if (!leaked && now - before.ring.next.iat * 1000 < leadMs) return { rotated: false, ring: before.ring };
  const { mine } = await placeRing(folder, before.generation + 1, await rotated(before.ring, options));
  // After a leak another's rotation is not enough: the key that it lets sign next leaked as well.
  if (!mine && leaked) return await rotateKeys(folder, options);
  return { rotated: mine, ring: await openKeys(folder, { now }) };
}

async function rotated(ring: ProofKeyRing, options: RotateOptions): Promise<ProofKeyRing> {
  const { now, proofLifetimeMs, marginMs = KEY_MARGIN_MS } = options;
  if (options.leaked) return await newRing(ring.issuer, now);
  const exp = Math.ceil((now + proofLifetimeMs + marginMs) / 1000);
  return {
    ...ring,
    current: { ...ring.next, nbf: Math.floor(now / 1000) },
    next: await newKey(now),
    retired: [{ ...publicKey(ring.current), exp }, ...ring.retired.filter((key) => now < key.exp * 1000)],
  };
}

async function createRing(
  folder: string,
  { now, issuer = DEFAULT_ISSUER }: OpenOptions,
): Promise<StoredRing> {
  if (!ProofKeyRing.shape.issuer.safeParse(issuer).success) {
    throw new DomainError('EID_ERR_SHAPE', { field: 'issuer', why: 'a name of 1 to 200 letters' });
  }
  return await placeRing(folder, 1, await newRing(issuer, now));
}

async function newRing(issuer: string, now: number): Promise<ProofKeyRing> {
  const [first, next] = await Promise.all([newKey(now), newKey(now)]);
  const current = { ...first, nbf: Math.floor(now / 1000) };
  return { schema: 'orgeid-key-ring/1', issuer, current, next, retired: [] };
}
