import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import {
  PROOF_ALG,
  PROOF_TYPE,
  ProofClaims,
  type ProofKey,
  type ProofKeySet,
  type ProofRefusal,
} from '../schemas/proof.ts';

/** What a desk learns. The claims of a refusal are genuine: they are there only after the signature was found good. */
export type ProofVerdict =
  | { readonly accepted: true; readonly claims: ProofClaims; readonly kid: string }
  | { readonly accepted: false; readonly reason: ProofRefusal; readonly claims?: ProofClaims };

/** `now` in epoch ms; `clockToleranceMs` (0 when absent) is how far the desk's clock and the issuer's may differ. */
export type VerifyOptions = { readonly now: number; readonly clockToleranceMs?: number };

/** Three parts of base64url; 64 bytes of signature have one spelling, whose last character carries two bits. */
const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/;
/** Far more than any proof has. */
const MAX_LENGTH = 8_192;

/**
 * Checks a proof with nothing but the published key set and a clock; whatever the token is, it answers and does not throw.
 * Genuine proofs of accounts that are issued, overdue for activation or active are accepted with that status: what is proved is
 * the registration. A locked account's is refused.
 */
export async function verifyProof(
  token: string,
  keySet: ProofKeySet,
  { now, clockToleranceMs = 0 }: VerifyOptions,
): Promise<ProofVerdict> {
  const kid = kidOf(token);
  if (kid === undefined) return refused('NOT_A_PROOF');
  const key = keySet.keys.find((one) => one.kid === kid);
  if (!key || (key.exp !== undefined && now >= key.exp * 1000 + clockToleranceMs)) {
    return refused('UNKNOWN_KEY');
  }
  const payload = await signedBy(key, token);
  if (!payload) return refused('BAD_SIGNATURE');
  const claims = claimsIn(payload);
  if (!claims) return refused('MALFORMED_CLAIMS');
  if (claims.iss !== keySet.issuer) return refused('WRONG_ISSUER', claims);
  if (now >= claims.exp * 1000 + clockToleranceMs) return refused('EXPIRED', claims);
  if (now + clockToleranceMs < (claims.nbf ?? claims.iat) * 1000) return refused('NOT_YET_VALID', claims);
  if (claims.status === 'LOCKED') return refused('LOCKED', claims);
  return { accepted: true, claims, kid };
}

const refused = (reason: ProofRefusal, claims?: ProofClaims): ProofVerdict => ({
  accepted: false,
  reason,
  ...(claims ? { claims } : {}),
});

function kidOf(token: string): string | undefined {
  if (token.length > MAX_LENGTH || !shape.test(token)) return undefined;
  try {
    const { alg, typ, kid } = decodeProtectedHeader(token);
    return alg === PROOF_ALG && typ === PROOF_TYPE && typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

async function signedBy(key: ProofKey, token: string): Promise<Uint8Array | undefined> {
  try {
    const { payload } = await compactVerify(token, await importJWK(key, PROOF_ALG), {
      algorithms: [PROOF_ALG],
    });
    return payload;
  } catch {
    return undefined;
  }
}

function claimsIn(payload: Uint8Array): ProofClaims | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return ProofClaims.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
