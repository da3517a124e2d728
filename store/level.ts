import { readdir } from 'node:fs/promises';
import type { Queryable } from './pool.ts';

let expected: Promise<readonly string[]> | undefined;

const migrationNames = async (): Promise<readonly string[]> =>
  (await readdir(new URL('migrations', import.meta.url)))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();

/** The migrations that this version of the code expects and a database has not run; those of later versions do not matter. */
export async function missingMigrations(db: Queryable): Promise<string[]> {
  expected ??= migrationNames();
  const names = await expected;
  const { rows } = await db.query<{ name: string }>({
    name: 'missing-migrations',
    text: `select name from unnest($1::text[]) as name
      where not exists (select from orgeid.migrations m where m.name = name.name) order by name`,
    values: [names],
  });
  return rows.map(({ name }) => name);
}
