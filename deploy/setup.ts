import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import { accessKinds, isPartyName, isPublicKey } from '../bus/permissions/adapter.ts';
import { givenLoginUrls } from '../engines/postgresLogins.ts';
import { loadAccessTable } from '../policies/access/load.ts';
import { loadPolicy } from '../policies/load.ts';
import { putAccessTable } from '../store/accessTables.ts';
import { adapterKeys, addAdapterKey } from '../store/adapters.ts';
import { migrate } from '../store/migrate.ts';
import { putPolicy } from '../store/policy.ts';
import { openPool, type Queryable } from '../store/pool.ts';
import { ensureLogins, separateLogins } from '../store/roles/logins.ts';

const PARTIES = new URL('./keys/parties.json', import.meta.url);
const Parties = z.array(
  z.strictObject({
    party: z.string().refine(isPartyName),
    kind: z.enum(accessKinds),
    publicKey: z.string().refine(isPublicKey),
  }),
);

/**
 * Makes a database ready for the workers: the migrations, the rights of the roles, the logins of the addresses that are given, the policy
 * and the table of permissions of this version of the code, and the keys that were made for the mock parties, if any. Safe to run again;
 * it fails where the version of one of the two is installed with other content.
 */
async function setup(urls: ReturnType<typeof givenLoginUrls>): Promise<void> {
  const policy = await loadPolicy();
  const migrations = await migrate(urls.migrator);
  const logins = await ensureLogins(urls.migrator, separateLogins(urls));
  const pool = openPool(urls.migrator);
  try {
    const sha256 = await putPolicy(pool, policy);
    await putAccessTable(pool, loadAccessTable());
    const admitted = await admitMocks(pool);
    process.stdout.write(
      `${JSON.stringify({ migrations, logins, policy: policy.version, sha256, admitted })}\n`,
    );
  } finally {
    await pool.end();
  }
}

/** A key that is known already stays as it is, revoked ones too. @returns who was admitted now */
async function admitMocks(db: Queryable): Promise<readonly string[]> {
  if (!existsSync(PARTIES)) return [];
  const known = new Set((await adapterKeys(db)).map(({ publicKey }) => publicKey));
  const fresh = Parties.parse(JSON.parse(readFileSync(PARTIES, 'utf8'))).filter(
    ({ publicKey }) => !known.has(publicKey),
  );
  for (const one of fresh) await addAdapterKey(db, { ...one, name: `mock ${one.party}`, by: 'setup' });
  return fresh.map(({ party }) => party);
}

await setup(givenLoginUrls((name) => process.env[name], process.env.ORGEID_POSTGRES_URL ?? ''));
