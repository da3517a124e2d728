import { join } from 'node:path';
import { readIfThere, replaceWhole } from '../files/whole.ts';
import { publicKeySet } from './keySet.ts';
import { readRing } from './ringFile.ts';

/** Name of the published key set in the folder of the key ring. */
export const KEY_SET_FILE = 'jwks.json';

/**
 * Writes the published key set beside the ring, unless it stands there as it should. A set that is missing, half-written or behind
 * the ring is made anew. Two at once: whoever wrote last looks once more, so the set of the latest ring stays.
 *
 * @param now epoch ms
 */
export async function publishKeySet(folder: string, now: number): Promise<void> {
  for (;;) {
    const stored = await readRing(folder);
    if (!stored) return;
    const text = `${JSON.stringify(publicKeySet(stored.ring, now), null, 2)}\n`;
    if ((await readIfThere(join(folder, KEY_SET_FILE))) !== text) {
      await replaceWhole(folder, KEY_SET_FILE, text, 0o644);
    }
    if ((await readRing(folder))?.generation === stored.generation) return;
  }
}
