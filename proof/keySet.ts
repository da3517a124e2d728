import { DomainError } from '../domain/error.ts';
import { ProofKey, type ProofKeyRing, ProofKeySet, type ProofSigningKey } from '../schemas/proof.ts';

/**
 * The key set as it is published: the key that signs, the next one ahead of its use, and the retired ones for as long as a proof of
 * theirs may be about. Public parts only. The same ring at the same moment gives the same set.
 *
 * @param now epoch ms
 */
export function publicKeySet({ issuer, current, next, retired }: ProofKeyRing, now: number): ProofKeySet {
  const alive = retired.filter(({ exp }) => now < exp * 1000);
  return { issuer, keys: [publicKey(current), publicKey(next), ...alive] };
}

/** A key without its private part. */
export const publicKey = (key: ProofSigningKey): ProofKey => ProofKey.parse(key);

/**
 * A published key set from JSON data. Keys of kinds that proofs do not use are left out (RFC 7517 section 5).
 *
 * @param file its name for messages
 * @throws DomainError EID_ERR_FILE when it is no key set, or carries private parts: those are for the issuer alone
 */
export function readKeySet(data: unknown, file: string): ProofKeySet {
  const refuse = (reason: string) => new DomainError('EID_ERR_FILE', { file, reason });
  if (!isObject(data) || !Array.isArray(data.keys)) throw refuse('is no key set (JWKS): it has no keys');
  const keys: unknown[] = data.keys;
  if (keys.some((key) => isObject(key) && 'd' in key)) {
    throw refuse('holds private keys; use the published key set');
  }
  const usable = keys.filter((key) => ProofKey.safeParse(key).success);
  const set = ProofKeySet.safeParse({ issuer: data.issuer, keys: usable });
  if (!set.success) throw refuse('names no issuer');
  return set.data;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
