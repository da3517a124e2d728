import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { initdbArgs, postgresArgs } from './config.ts';
import { EngineError } from './error.ts';
import type { Command } from './guarded.ts';
import { removeLoginUrls } from './postgresLogins.ts';
import { clusterDir, postgresUser, reachableBinary, type User } from './postgresUser.ts';

export type Cluster = {
  readonly url: (port: number) => string;
  readonly command: (port: number) => Command;
};

/** Makes the cluster in the run's folder unless it is there, with a random password kept beside it for its owner only. */
export async function prepareCluster(binary: string, dataDir: string): Promise<Cluster> {
  const user = await postgresUser();
  const postgres = reachableBinary(binary, user);
  const cluster = clusterDir(dataDir, user);
  const password = keepPassword(join(dataDir, 'postgres.password'));
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(postgres, cluster, password, user);
  return {
    url: (port) => `postgres://orgeid:${password}@127.0.0.1:${port}/orgeid`,
    command: (port) => ({
      file: postgres,
      args: postgresArgs({ port, dataDir: cluster }),
      cwd: cluster,
      env: { LC_ALL: 'C' },
      user,
      ending: [
        { signal: 'SIGINT', graceMs: 10_000 }, // fast shutdown
        { signal: 'SIGQUIT', graceMs: 3_000 }, // immediate shutdown: its children go too
      ],
    }),
  };
}

/** Removes the cluster and its passwords. */
export async function removeCluster(dataDir: string): Promise<void> {
  rmSync(clusterDir(dataDir, await postgresUser()), { recursive: true, force: true });
  rmSync(join(dataDir, 'postgres.password'), { force: true });
  removeLoginUrls(dataDir);
}

function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** In a draft folder first: a start that is killed half way leaves no half cluster under the final name. */
async function initialise(
  postgres: string,
  cluster: string,
  password: string,
  user: User | undefined,
): Promise<void> {
  const draft = `${cluster}.draft`;
  const passwordFile = `${cluster}.pw`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await promisify(execFile)(
      join(dirname(postgres), 'initdb'),
      initdbArgs({ dataDir: draft, passwordFile }),
      {
        cwd: draft,
        env: { ...process.env, LC_ALL: 'C' },
        ...user,
      },
    );
    renameSync(draft, cluster);
  } catch (cause) {
    const detail = (cause as { stderr?: string }).stderr?.trim() || String(cause);
    throw new EngineError('EID_ERR_ENGINE_START', `postgres: initdb failed: ${detail}`, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether the server answers a query. Throws when it cannot be reached. */
export async function checkPostgres(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query('select 1 as one')).rows[0]?.one === 1);
}

/** Makes the database `orgeid` unless it is there, then asks it. */
export async function checkCluster(url: string): Promise<boolean> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  await withClient(admin.href, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = 'orgeid'");
    if (rowCount === 0) await client.query('create database orgeid');
  });
  return checkPostgres(url);
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  client.on('error', () => {}); // a connection that breaks while idle; the query reports what matters
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
