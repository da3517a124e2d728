import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { ensureRoles } from './roles/ensure.ts';
import { grantRights } from './roles/grant.ts';

const quiet = { info: () => {}, warn: console.warn, error: console.error };

/**
 * Brings the schema `orgeid` of a database up to this version of the code, and the rights of its roles with it; does nothing when it is
 * there already. What is made belongs to `orgeid_migrator`. Processes that start together wait for one another on an advisory lock.
 *
 * @param url a login that may make roles, or is a member of `orgeid_migrator` where an administrator made them
 * @returns the names of the migrations that this call ran
 * @throws DomainError `EID_ERR_DATABASE_ROLE` with the statements that an administrator has to run
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'orgeid migrate' });
  client.on('error', () => {}); // a connection that breaks; the query reports what matters
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('orgeid migrate'))`);
    await ensureRoles(client);
    await client.query('set role orgeid_migrator');
    const ran = await runner({
      dbClient: client,
      dir: fileURLToPath(new URL('migrations', import.meta.url)),
      direction: 'up',
      migrationsTable: 'migrations',
      migrationsSchema: 'orgeid',
      advisoryLockMode: 'wait',
      logger: quiet,
    });
    await grantRights(client);
    return ran.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
