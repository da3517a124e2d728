import { delimiter } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';

/** What the process of the embedded provider reads from its environment. */
const Environment = z.object({
  /** Port on 127.0.0.1; 0 takes any free one. */
  ORGEID_DEV_IDENTITY_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** The API's name in tokens: the claim `aud`, an absolute URI. */
  ORGEID_OIDC_AUDIENCE: z.string().refine((text) => URL.canParse(text), 'an absolute URI is expected'),
  /** Secret of every service. */
  ORGEID_DEV_SERVICE_SECRET: z.string().min(16),
  /** More files of people and services, parted as in PATH. */
  ORGEID_DEV_PEOPLE: z.string().default(''),
  /** Folder that keeps the signing keys; without it they live as long as the process. */
  ORGEID_DEV_KEYS: z.string().min(1).optional(),
  ORGEID_DEV_TOKEN_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600),
  /** More addresses to come back to after signing in, parted by spaces; on loopback any port may stand in for theirs. */
  ORGEID_DEV_REDIRECTS: z.string().default(''),
});

export type ProviderSettings = {
  readonly port: number;
  readonly audience: string;
  readonly serviceSecret: string;
  readonly peopleFiles: readonly string[];
  readonly keysFolder?: string;
  readonly tokenSeconds: number;
  readonly redirects: readonly string[];
};

/**
 * Anybody can sign in as anybody here, so it must be asked for, and never runs in production.
 * @throws DomainError EID_ERR_USAGE in words that say what to set
 */
export function mustBeAllowed(env: NodeJS.ProcessEnv): void {
  const open = 'the embedded identity provider lets anybody sign in as anybody';
  if (env.NODE_ENV === 'production')
    throw new DomainError('EID_ERR_USAGE', { why: `${open}: it does not run with NODE_ENV=production` });
  if (env.ORGEID_DEV_IDENTITY !== 'on')
    throw new DomainError('EID_ERR_USAGE', { why: `${open}: set ORGEID_DEV_IDENTITY=on for development` });
}

/** @throws DomainError EID_ERR_USAGE: not allowed here, or naming the variables that are missing or wrong */
export function readSettings(env: NodeJS.ProcessEnv): ProviderSettings {
  mustBeAllowed(env);
  const result = Environment.safeParse(env);
  if (!result.success) {
    const variables = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DomainError('EID_ERR_USAGE', { variables });
  }
  const { data } = result;
  return {
    port: data.ORGEID_DEV_IDENTITY_PORT,
    audience: data.ORGEID_OIDC_AUDIENCE,
    serviceSecret: data.ORGEID_DEV_SERVICE_SECRET,
    peopleFiles: data.ORGEID_DEV_PEOPLE.split(delimiter).filter((file) => file !== ''),
    ...(data.ORGEID_DEV_KEYS === undefined ? {} : { keysFolder: data.ORGEID_DEV_KEYS }),
    tokenSeconds: data.ORGEID_DEV_TOKEN_SECONDS,
    redirects: data.ORGEID_DEV_REDIRECTS.split(' ').filter((uri) => uri !== ''),
  };
}
