import { join } from 'node:path';
import type { Pool } from 'pg';
import { kindOf } from '../bus/permissions/adapter.ts';
import { natsAccounts } from '../bus/permissions/config.ts';
import { keyIn } from '../engines/credentials.ts';
import type { NatsEngine } from '../engines/start.ts';
import { adapterKeys, addAdapterKey, admittedParties } from '../store/adapters.ts';

/** With what a process of a party gets in. */
export type WayIn = { readonly natsUrl: string; readonly seedFile?: string };

/**
 * Gives each party that is played on this machine a key of its own, and has the server know those who are admitted and not
 * revoked: the very table that `orgeid adapter` keeps. On a server of the environment its operator does that, and the parties come
 * in as the system does.
 *
 * @returns the way in of each party; none for one whose key was revoked
 */
export async function admitPlayed(
  nats: NatsEngine,
  pool: Pool,
  parties: readonly string[],
): Promise<(party: string) => WayIn | undefined> {
  const { admit, keysDir, bareUrl, url } = nats;
  if (!admit || keysDir === undefined) return () => ({ natsUrl: url });
  const seedOf = (party: string) => join(keysDir, `${party}.seed`);
  const known = new Map((await adapterKeys(pool)).map(({ publicKey, state }) => [publicKey, state]));
  const revoked = new Set<string>();
  for (const party of parties) {
    const publicKey = keyIn(seedOf(party));
    if (known.get(publicKey) === 'REVOKED') revoked.add(party);
    if (known.has(publicKey)) continue;
    await addAdapterKey(pool, { party, kind: kindOf(party), publicKey, name: `mock ${party}`, by: 'system' });
  }
  await admit(natsAccounts(await admittedParties(pool), { rehearsal: true }));
  return (party) => (revoked.has(party) ? undefined : { natsUrl: bareUrl, seedFile: seedOf(party) });
}
