import process from 'node:process';
import { readApiEnvironment } from '../api/environment.ts';
import { DomainError } from '../domain/error.ts';
import { trustedIssuers } from '../identity/settings.ts';
import { addressOf, mustBeFree } from './address.ts';

/** What an API cannot do without, and what for. */
const needed = {
  ORGEID_POSTGRES_URL: 'the log',
  ORGEID_TEMPORAL_ADDRESS: 'where cases are kept alive',
  ORGEID_OIDC_ISSUER: 'the OpenID provider that people sign in at',
  ORGEID_OIDC_AUDIENCE: 'the name of this API in its tokens',
} as const;

/** Empty is not set: compose hands on what nobody gave. */
export const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name, value]) => !name.startsWith('ORGEID_') || value !== ''),
  );

/** @throws DomainError EID_ERR_USAGE saying in one sentence all that is missing, or what is wrong */
export function checkEnvironment(env: NodeJS.ProcessEnv): void {
  const byFile = env.ORGEID_IDENTITY_FILE !== undefined;
  const missing = Object.entries(needed)
    .filter(([name]) => env[name] === undefined && !(byFile && name.startsWith('ORGEID_OIDC_')))
    .map(([name, what]) => `${name} (${what})`);
  if (missing.length > 0) throw new DomainError('EID_ERR_USAGE', { reason: `set ${missing.join(', ')}` });
  readApiEnvironment(env);
  trustedIssuers(env);
}

/**
 * Becomes one process of the API against the engines that the environment names, until SIGINT or SIGTERM.
 * @throws DomainError EID_ERR_USAGE, EID_ERR_ADDRESS_TAKEN before anything is started; later trouble ends the process with 1
 */
export async function serve({ listen }: { readonly listen: string }): Promise<void> {
  const env = { ...withoutEmpty(process.env), ORGEID_LISTEN: listen };
  const address = addressOf(listen);
  checkEnvironment(env);
  await mustBeFree(address);
  process.env = env;
  await import('../api/main.ts'); // runs as it is loaded
}
