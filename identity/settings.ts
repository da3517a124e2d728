import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../domain/error.ts';
import { Role } from '../schemas/enums.ts';
import { algorithms, checkIssuers, type TrustedIssuer } from './issuer.ts';

const Path = z.array(z.string().min(1)).min(1);

/** A file of trusted issuers, in YAML. */
const IdentityFile = z.strictObject({
  issuers: z
    .array(
      z.strictObject({
        issuer: z.url(),
        audience: z.string().min(1),
        jwks: z.url().exactOptional(),
        algorithms: z.array(z.enum(algorithms)).min(1).exactOptional(),
        tokenType: z.enum(['at+jwt', 'any']).exactOptional(),
        clockToleranceMs: z.number().int().min(0).max(300_000).exactOptional(),
        claims: z
          .strictObject({
            roles: Path.exactOptional(),
            unit: Path.exactOptional(),
            name: Path.exactOptional(),
            locale: Path.exactOptional(),
            kind: Path.exactOptional(),
          })
          .exactOptional(),
        roleNames: z.record(z.string(), Role).exactOptional(),
        mayGrant: z.array(Role).exactOptional(),
        everyPerson: z.array(Role).exactOptional(),
        idPrefix: z.string().max(40).exactOptional(),
      }),
    )
    .min(1),
});

const Environment = z.object({
  ORGEID_IDENTITY_FILE: z.string().min(1).optional(),
  ORGEID_OIDC_ISSUER: z.url().optional(),
  ORGEID_OIDC_AUDIENCE: z.string().min(1).optional(),
});

/**
 * The trusted issuers: those of the file `ORGEID_IDENTITY_FILE`, or the one of `ORGEID_OIDC_ISSUER` and
 * `ORGEID_OIDC_AUDIENCE` with every default.
 * @throws DomainError EID_ERR_USAGE naming what is missing, wrong or unsafe
 */
export function trustedIssuers(env: NodeJS.ProcessEnv): TrustedIssuer[] {
  const { ORGEID_IDENTITY_FILE: file, ...one } = parsed(Environment, env, 'environment');
  const issuers = file === undefined ? [single(one)] : readIssuers(file);
  checkIssuers(issuers);
  return issuers;
}

function single(env: z.infer<typeof Environment>): TrustedIssuer {
  const { ORGEID_OIDC_ISSUER: issuer, ORGEID_OIDC_AUDIENCE: audience } = env;
  if (issuer !== undefined && audience !== undefined) return { issuer, audience };
  throw new DomainError('EID_ERR_USAGE', {
    why: 'set ORGEID_IDENTITY_FILE, or both ORGEID_OIDC_ISSUER and ORGEID_OIDC_AUDIENCE',
  });
}

function readIssuers(file: string): TrustedIssuer[] {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DomainError('EID_ERR_USAGE', { file, why: String(error) });
  }
  return parsed(IdentityFile, data, file).issuers.map(({ jwks, ...rest }) => ({
    ...rest,
    ...(jwks === undefined ? {} : { jwks: new URL(jwks) }),
  }));
}

function parsed<S extends z.ZodType>(schema: S, data: unknown, where: string): z.infer<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('EID_ERR_USAGE', { where, fields });
}
