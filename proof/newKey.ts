import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { PROOF_ALG, ProofSigningKey } from '../schemas/proof.ts';

/**
 * Makes an Ed25519 key; its `kid` is its RFC 7638 thumbprint.
 *
 * @param now epoch ms
 */
export async function newKey(now: number): Promise<ProofSigningKey> {
  const { privateKey } = await generateKeyPair(PROOF_ALG, { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return ProofSigningKey.parse({ ...jwk, kid, alg: PROOF_ALG, use: 'sig', iat: Math.floor(now / 1000) });
}
