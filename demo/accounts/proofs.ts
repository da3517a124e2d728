import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createProofDesk } from '../../proof/desk.ts';
import { readKeySet } from '../../proof/keySet.ts';
import { KEY_SET_FILE } from '../../proof/publish.ts';
import { verifyProof } from '../../proof/verify.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import type { DeskAnswer } from './scene.ts';

/** What may befall a proof between the owner's telephone and the desk. */
export type Spoil = 'FORGE' | 'WAIT';

export type ProofCounter = {
  show(account: string, owner: Actor, spoil?: Spoil): Promise<DeskAnswer>;
  readonly counts: { readonly proofsAccepted: number; readonly proofsRefused: number };
};

/** An office that has the published key set and a clock, and nothing else; owners show their proofs there (S42). */
export async function proofCounter(
  pool: Pool,
  keysDir: string,
  policy: { readonly proofLifetimeMs: number },
): Promise<ProofCounter> {
  const issuer = await createProofDesk({ keysDir });
  const published = join(keysDir, KEY_SET_FILE);
  const keySet = readKeySet(JSON.parse(await readFile(published, 'utf8')), KEY_SET_FILE);
  const counts = { proofsAccepted: 0, proofsRefused: 0 };
  return {
    counts,
    async show(account, owner, spoil) {
      const row = await readCase(pool, account);
      const last = row && (await readStream(pool, account, row.version - 1))[0];
      if (!row || !last) throw new Error(`${account} has no events`);
      const state = row.state as AccountState;
      const { token } = await issuer.issue({ state, position: last.position, actor: owner, policy });
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
