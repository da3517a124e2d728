import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindOf } from '../bus/permissions/adapter.ts';
import { natsAccounts } from '../bus/permissions/config.ts';
import { natsConfig } from '../engines/config.ts';
import { keyIn } from '../engines/credentials.ts';
import { replaceFile } from '../engines/natsUsers.ts';
import { Party } from '../schemas/registry.ts';

/**
 * What the NATS servers of docker compose need before their first start: their configuration, the users of it, and a key for each mock
 * party. Keys that are there stay. From then on `orgeid adapter` keeps the users.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const parties = Party.options.map((party) => ({
  party,
  kind: kindOf(party),
  publicKey: keyIn(join(here, 'keys', `${party}.seed`)),
}));
writeFileSync(join(here, 'keys', 'parties.json'), `${JSON.stringify(parties, undefined, 2)}\n`);
const users = natsAccounts(
  parties.map(({ party, kind, publicKey }) => ({ party, kind, keys: [publicKey] })),
  { rehearsal: true },
);
replaceFile(join(here, 'nats', 'users.conf'), users);
replaceFile(join(here, 'nats', 'nats.conf'), natsConfig({ cluster: true, storeDir: '/data' }));
process.stdout.write(`${parties.length} parties: deploy/keys, deploy/nats/users.conf\n`);
