import { randomBytes } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import { PROOF_ALG, PROOF_TYPE, type ProofClaims, type ProofSigningKey } from '../schemas/proof.ts';
import { type ProofRequest, proofClaims } from './claims.ts';

/** The key that a proof is signed with, and in whose name. */
export type Signer = { readonly issuer: string; readonly key: ProofSigningKey };

/** A proof as its holder carries it: a JWT in compact serialisation, and what it says. */
export type Proof = { readonly token: string; readonly claims: ProofClaims };

/**
 * Issues a proof of registration to the account's owner, the head or the authorised person.
 *
 * @throws DomainError EID_ERR_CASE_UNKNOWN when the account is not open; EID_ERR_FORBIDDEN for anybody but its owner
 */
export async function issueProof(request: ProofRequest & { readonly key: Signer }): Promise<Proof> {
  const { issuer, key } = request.key;
  const claims = proofClaims(request, issuer, randomBytes(16).toString('base64url'));
  return { token: await signClaims(claims, key), claims };
}

async function signClaims(claims: ProofClaims, key: ProofSigningKey): Promise<string> {
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: PROOF_ALG, typ: PROOF_TYPE, kid: key.kid })
    .sign(await importJWK(key, PROOF_ALG));
}
