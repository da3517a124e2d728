import type { ProofKeySet } from '../schemas/proof.ts';
import type { ProofRequest } from './claims.ts';
import { issueProof, type Proof } from './issue.ts';
import { publicKeySet } from './keySet.ts';
import { openKeys } from './keys.ts';
import { type ProofQr, proofQr } from './qr.ts';
import { readRing } from './ringFile.ts';
import { type ProofVerdict, verifyProof } from './verify.ts';

/** Where the key ring lies, and what time it is (epoch ms; the machine's clock when absent). */
export type ProofDeskOptions = { readonly keysDir: string; readonly now?: () => number };

/** What an edge needs to issue proofs and to publish the keys. It follows rotations by other processes at once. */
export type ProofDesk = {
  /** @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_FORBIDDEN, EID_ERR_FILE */
  issue(request: Omit<ProofRequest, 'now'>): Promise<Proof & { readonly qr: ProofQr }>;
  /** The key set to publish. @throws DomainError EID_ERR_FILE */
  keySet(): Promise<ProofKeySet>;
  /** Checks a proof against the present key set. @throws DomainError EID_ERR_FILE */
  check(token: string): Promise<ProofVerdict>;
};

/**
 * Issues proofs with the key ring of a folder, which is made when there is none.
 *
 * @example
 * const desk = await createProofDesk({ keysDir: '.orgeid/keys' });
 * const { token, qr } = await desk.issue({ state, position, actor, policy });
 */
export async function createProofDesk({ keysDir, now = Date.now }: ProofDeskOptions): Promise<ProofDesk> {
  await openKeys(keysDir, { now: now() });
  const ring = async () => (await readRing(keysDir))?.ring ?? (await openKeys(keysDir, { now: now() }));
  const keySet = async () => publicKeySet(await ring(), now());
  return {
    async issue(request) {
      const { issuer, current } = await ring();
      const proof = await issueProof({ ...request, now: now(), key: { issuer, key: current } });
      return { ...proof, qr: proofQr(proof.token) };
    },
    keySet,
    check: async (token) => await verifyProof(token, await keySet(), { now: now() }),
  };
}
