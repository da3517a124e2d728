import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresLogin } from './types.ts';

const logins = ['writer', 'reader', 'auditor'] as const satisfies readonly PostgresLogin[];
type Login = (typeof logins)[number];

/** Where the address of a login of the run's own cluster is kept. */
export const urlFile = (dataDir: string, login: Login): string => join(dataDir, `postgres.${login}.url`);

/**
 * Addresses of the logins of the run's own cluster, each with a random password of its own and in a file beside the cluster that only
 * its owner reads; the passwords stay when the port does not.
 */
export function keepLoginUrls(dataDir: string, ownerUrl: string): Record<PostgresLogin, string> {
  const keep = (login: Login): string => {
    const file = urlFile(dataDir, login);
    const url = new URL(ownerUrl);
    url.username = `orgeid_${login}_login`;
    url.password = existsSync(file) ? new URL(readFileSync(file, 'utf8').trim()).password : randomSecret();
    writeFileSync(file, `${url.href}\n`, { mode: 0o600 });
    return url.href;
  };
  return { migrator: ownerUrl, writer: keep('writer'), reader: keep('reader'), auditor: keep('auditor') };
}

export function removeLoginUrls(dataDir: string): void {
  for (const login of logins) rmSync(urlFile(dataDir, login), { force: true });
}

/** Environment variable with the address of each login on a server of the environment. */
export const loginVariables = {
  migrator: 'ORGEID_POSTGRES_MIGRATOR_URL',
  writer: 'ORGEID_POSTGRES_WRITER_URL',
  reader: 'ORGEID_POSTGRES_READER_URL',
  auditor: 'ORGEID_POSTGRES_AUDITOR_URL',
} as const satisfies Record<PostgresLogin, string>;

/** Addresses of the logins on a server of the environment; who has none connects as everybody does. */
export function givenLoginUrls(
  env: (name: string) => string | undefined,
  url: string,
): Record<PostgresLogin, string> {
  const given = (login: PostgresLogin) => env(loginVariables[login]) || url;
  return {
    migrator: given('migrator'),
    writer: given('writer'),
    reader: given('reader'),
    auditor: given('auditor'),
  };
}

const randomSecret = (): string => randomBytes(24).toString('hex');
