import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';

/** Algorithm of every key of the embedded provider. */
export const KEY_ALGORITHM = 'ES256';

/** Keys that are still published, the signing one included: tokens of the one before are to be read until they end. */
const KEPT = 3;

const PrivateKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
  alg: z.literal(KEY_ALGORITHM),
  use: z.literal('sig'),
});
const KeyFile = z.strictObject({ keys: z.array(PrivateKey).min(1) });

/** Private keys, the signing one first. */
export type SigningKeys = readonly (JWK & { readonly kid: string })[];

export async function newKey(): Promise<SigningKeys[number]> {
  const { privateKey } = await generateKeyPair(KEY_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return PrivateKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: KEY_ALGORITHM, use: 'sig' });
}

/**
 * The keys of a folder, where there are any, or a new one, kept there.
 * @throws DomainError EID_ERR_FILE when the file is there and cannot be read
 */
export async function openKeys(folder: string | undefined): Promise<SigningKeys> {
  return stored(folder) ?? keep(folder, [await newKey()]);
}

/** A new signing key before those that are there; the oldest goes. */
export async function rotateKeys(folder: string | undefined, keys: SigningKeys): Promise<SigningKeys> {
  return keep(folder, [await newKey(), ...keys].slice(0, KEPT));
}

const fileIn = (folder: string) => join(folder, 'keys.json');

function stored(folder: string | undefined): SigningKeys | undefined {
  if (folder === undefined) return undefined;
  const file = fileIn(folder);
  try {
    return KeyFile.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DomainError('EID_ERR_FILE', { file, fields: ['not a set of signing keys'] });
  }
}

function keep(folder: string | undefined, keys: SigningKeys): SigningKeys {
  if (folder === undefined) return keys;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${fileIn(folder)}.new`;
  writeFileSync(unfinished, JSON.stringify({ keys }), { mode: 0o600 });
  renameSync(unfinished, fileIn(folder));
  return keys;
}
