import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { nkeys } from '@nats-io/nats-core';

/**
 * Makes a key pair of a NATS user. The seed goes into a new file that only its owner reads, and nowhere else.
 *
 * @returns the public key
 * @throws when the file is there already, rather than overwriting a seed that somebody uses
 */
export function makeKey(seedFile: string): string {
  const pair = nkeys.createUser();
  mkdirSync(dirname(seedFile), { recursive: true, mode: 0o700 });
  writeFileSync(seedFile, `${new TextDecoder().decode(pair.getSeed())}\n`, { mode: 0o600, flag: 'wx' });
  const publicKey = pair.getPublicKey();
  pair.clear();
  return publicKey;
}

/** The public key that belongs to a seed. @throws when the file holds no seed */
export function publicKeyIn(seedFile: string): string {
  const pair = nkeys.fromSeed(new TextEncoder().encode(readFileSync(seedFile, 'utf8').trim()));
  const publicKey = pair.getPublicKey();
  pair.clear();
  return publicKey;
}

/** The public key of a seed file, which is made when it is not there. */
export const keyIn = (seedFile: string): string =>
  existsSync(seedFile) ? publicKeyIn(seedFile) : makeKey(seedFile);

/** Whether a text is a public key of a user, its checksum included. */
export function isUserKey(text: string): boolean {
  try {
    nkeys.fromPublic(text);
    return text.startsWith('U');
  } catch {
    return false;
  }
}
