import { readKeySet } from '../../proof/keySet.ts';
import { verifyProof } from '../../proof/verify.ts';
import type { Actor } from '../../schemas/actor.ts';
import { ProofAnswer } from '../../schemas/http/proof.ts';
import { ProofKeySet } from '../../schemas/proof.ts';
import type { Http } from '../http/client.ts';
import type { DeskAnswer } from './scene.ts';

/** What may befall a proof between the owner's telephone and the desk. */
export type Spoil = 'FORGE' | 'WAIT';

export type ProofCounter = {
  show(account: string, owner: Actor, spoil?: Spoil): Promise<DeskAnswer>;
  readonly counts: { readonly proofsAccepted: number; readonly proofsRefused: number };
};

/** An office that fetched the published key set once and has a clock, and nothing else; owners show their proofs there (S42). */
export async function proofCounter(
  http: Pick<Http, 'get' | 'post'>,
  policy: { readonly proofLifetimeMs: number },
): Promise<ProofCounter> {
  const keySet = readKeySet(await http.get(undefined, '/proof-keys', ProofKeySet), 'proof-keys');
  const counts = { proofsAccepted: 0, proofsRefused: 0 };
  return {
    counts,
    async show(account, { id }, spoil) {
      const { token } = await http.post(id, `/accounts/${account}/proofs`, undefined, undefined, ProofAnswer);
      const shown = spoil === 'FORGE' ? forged(token) : token;
      const now = Date.now() + (spoil === 'WAIT' ? policy.proofLifetimeMs + 1_000 : 0);
      const verdict = await verifyProof(shown, keySet, { now });
      counts[verdict.accepted ? 'proofsAccepted' : 'proofsRefused'] += 1;
      return verdict.accepted ? 'ACCEPTED' : verdict.reason;
    },
  };
}

/** The same proof in the name of another organisation. */
function forged(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  const other = JSON.stringify({ ...claims, name: 'Công ty khác' });
  return [header, Buffer.from(other, 'utf8').toString('base64url'), signature].join('.');
}
