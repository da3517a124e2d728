import { join } from 'node:path';
import { natsAccounts } from '../../bus/permissions/config.ts';
import { makeKey } from '../../engines/credentials.ts';
import type { NatsEngine } from '../../engines/start.ts';
import type { AdapterCredentials } from '../../registries/check/item.ts';
import { freshFolder } from '../support/folder.ts';

/** Lets one adapter in, with a key of its own, and nobody else beside the system; what it needs as environment and as credentials. */
export async function admitAdapter(nats: NatsEngine, party: string) {
  const seedFile = join(freshFolder(), 'adapter.seed');
  const keys = [makeKey(seedFile)];
  if (!nats.admit) throw new Error('these tests need a NATS server of their own');
  await nats.admit(natsAccounts([{ party, kind: 'registry', keys }]));
  const credentials: AdapterCredentials = { url: nats.bareUrl, seedFile };
  const env = { ORGEID_NATS_URL: nats.bareUrl, ORGEID_NATS_SEED_FILE: seedFile, ORGEID_PARTY: party };
  return { credentials, env };
}
