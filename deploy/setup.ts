import process from 'node:process';
import { loadPolicy } from '../policies/load.ts';
import { migrate } from '../store/migrate.ts';
import { putPolicy } from '../store/policy.ts';
import { openPool } from '../store/pool.ts';

/**
 * Makes a database ready for the workers: the migrations, then the policy of this version of the code. Safe to run again; it
 * fails where the policy's version is installed with other content.
 */
async function setup(url: string): Promise<void> {
  const policy = await loadPolicy();
  const migrations = await migrate(url);
  const pool = openPool(url);
  try {
    const sha256 = await putPolicy(pool, policy);
    process.stdout.write(`${JSON.stringify({ migrations, policy: policy.version, sha256 })}\n`);
  } finally {
    await pool.end();
  }
}

await setup(process.env.ORGEID_POSTGRES_URL ?? '');
