import type { JSONWebKeySet } from 'jose';
import { DomainError } from '../domain/error.ts';
import type { Role } from '../schemas/enums.ts';

/** Signature algorithms that can be allowed: asymmetric ones only, so that no public key is ever taken for a secret. */
export const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;
export type Algorithm = (typeof algorithms)[number];

/** Steps into a claim: `['realm_access', 'roles']` for `{ realm_access: { roles } }`. */
export type ClaimPath = readonly string[];

/** Where an issuer puts what this system asks for. */
export type ClaimPaths = {
  /** Names of roles: a list of strings, or one string with spaces between. Default `roles`. */
  readonly roles?: ClaimPath;
  /** Code of the police unit. Default `unit`. */
  readonly unit?: ClaimPath;
  /** Name to show. Default `name`. */
  readonly name?: ClaimPath;
  /** Language tag. Default `locale`. */
  readonly locale?: ClaimPath;
  /** `PERSON` or `SERVICE`. Without it a token whose `sub` is its `client_id` is a service's (RFC 9068, section 2.2). */
  readonly kind?: ClaimPath;
};

/** An OpenID Connect provider whose access tokens are accepted, and what they may say. */
export type TrustedIssuer = {
  /** Exactly as the claim `iss` has it. */
  readonly issuer: string;
  /** What the claim `aud` must contain. */
  readonly audience: string;
  /** Where the keys are, or the keys. By default the issuer's discovery document says. */
  readonly jwks?: URL | JSONWebKeySet;
  /** Default: all but the 384 and 512 bit variants. */
  readonly algorithms?: readonly Algorithm[];
  /** Header `typ`: only access tokens of RFC 9068 (default), or `any` for issuers that mark theirs `JWT` or not at all. */
  readonly tokenType?: 'at+jwt' | 'any';
  /** Difference of clocks that is let pass, in ms (default 5 000). */
  readonly clockToleranceMs?: number;
  readonly claims?: ClaimPaths;
  /** The issuer's own names of roles, where they are not those of the enumeration; other names then count for nothing. */
  readonly roleNames?: Readonly<Record<string, Role>>;
  /** The only roles that this issuer may give (default: any). */
  readonly mayGrant?: readonly Role[];
  /** Roles of every person of this issuer, whatever the token says: `['REGISTRANT']` for a citizens' provider. */
  readonly everyPerson?: readonly Role[];
  /** Put before `sub`, so that two issuers cannot mean two people by one id. Needed with several issuers. */
  readonly idPrefix?: string;
};

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Keys and discovery documents come over TLS, or from this very machine. */
export const isSafeAddress = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));

/** @throws DomainError EID_ERR_USAGE saying what is wrong in which issuer */
export function checkIssuers(issuers: readonly TrustedIssuer[]): void {
  if (issuers.length === 0) throw usage('identity', 'no issuer is trusted');
  const names = new Set<string>();
  for (const each of issuers) {
    const { issuer, audience, jwks } = each;
    if (!URL.canParse(issuer) || !isSafeAddress(new URL(issuer))) throw usage(issuer, 'not an https address');
    if (jwks instanceof URL && !isSafeAddress(jwks)) throw usage(issuer, 'jwks is not an https address');
    if (audience === '') throw usage(issuer, 'the audience is empty');
    const known: readonly string[] = algorithms;
    const foreign = each.algorithms?.filter((name) => !known.includes(name)) ?? [];
    if (foreign.length > 0) throw usage(issuer, `algorithms that are never allowed: ${foreign.join(', ')}`);
    if (each.algorithms?.length === 0) throw usage(issuer, 'no algorithm is allowed');
    if (names.has(issuer)) throw usage(issuer, 'named twice');
    const { idPrefix = '' } = each;
    const confused = issuers.some((other) => other !== each && (other.idPrefix ?? '').startsWith(idPrefix));
    if (confused) throw usage(issuer, 'each of several issuers needs an idPrefix that begins no other');
    names.add(issuer);
  }
}

const usage = (issuer: string, why: string) => new DomainError('EID_ERR_USAGE', { issuer, why });
