import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

const quiet = { info: () => {}, warn: console.warn, error: console.error };

/**
 * Brings the schema `orgeid` of a database up to this version of the code; does nothing when it is there already.
 * Processes that start together wait for one another on an advisory lock.
 *
 * @returns the names of the migrations that this call ran
 */
export async function migrate(url: string): Promise<string[]> {
  const ran = await runner({
    databaseUrl: url,
    dir: fileURLToPath(new URL('migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: 'orgeid',
    createMigrationsSchema: true,
    advisoryLockMode: 'wait',
    logger: quiet,
  });
  return ran.map(({ name }) => name);
}
