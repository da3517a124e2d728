import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { type Caller, callerOf, type Offices } from './caller.ts';
import { discoverKeys } from './discovery.ts';
import { checkIssuers, type TrustedIssuer } from './issuer.ts';
import { type KeyTiming, remoteKeys } from './keys.ts';
import { type RefusalReason, TokenRefused } from './refusal.ts';

export type TokenCheckOptions = {
  readonly issuers: readonly TrustedIssuer[];
  /** The unit catalogue, the day and the unit that is C06, asked with every token. */
  readonly units: () => Offices | Promise<Offices>;
  readonly keys?: KeyTiming;
  /** Time, ms since the epoch. */
  readonly now?: () => number;
  /** Hears when a provider's keys cannot be had. */
  readonly log?: Logger;
};

export type TokenCheck = {
  /**
   * Who sends a request with this `Authorization` header.
   * @throws TokenRefused EID_ERR_UNAUTHENTICATED, or EID_ERR_UNAVAILABLE when the provider's keys cannot be had
   * @throws DomainError EID_ERR_FORBIDDEN, EID_ERR_UNIT_UNKNOWN: see {@link callerOf}
   */
  check(authorization: string | undefined): Promise<Caller>;
  /** Fetches the keys of every issuer now, for a readiness check. @throws TokenRefused PROVIDER_DOWN */
  warm(): Promise<void>;
};

type Trusted = { readonly issuer: TrustedIssuer; readonly key: JWTVerifyGetKey; warm(): Promise<void> };

const usual = ['ES256', 'EdDSA', 'PS256', 'RS256'] as const;

/** Longer tokens are not looked at, in characters. */
const LONGEST = 8_192;

/**
 * Checks access tokens: signature by a key of the issuer and an algorithm of the list, issuer, audience, times, type.
 * @throws DomainError EID_ERR_USAGE when the settings are not safe
 * @example
 * const tokens = createTokenCheck({ issuers: [{ issuer, audience: 'https://api.example.vn' }], units });
 * const { actor } = await tokens.check(request.headers.authorization);
 */
export function createTokenCheck(options: TokenCheckOptions): TokenCheck {
  const { issuers, units, now = Date.now } = options;
  checkIssuers(issuers);
  const trusted = new Map(issuers.map((issuer) => [issuer.issuer, trust(issuer, options)]));
  return {
    async check(authorization) {
      const token = bearer(authorization);
      const claimed = issuerOf(token);
      const by = claimed === undefined ? undefined : trusted.get(claimed);
      if (!by) throw new TokenRefused('WRONG_ISSUER');
      const claims = await verify(token, by, now());
      return callerOf(claims, by.issuer, await units());
    },
    async warm() {
      await Promise.all([...trusted.values()].map((each) => each.warm()));
    },
  };
}

function trust(issuer: TrustedIssuer, { keys, now, log }: TokenCheckOptions): Trusted {
  const { jwks } = issuer;
  if (jwks && !(jwks instanceof URL)) return { issuer, key: createLocalJWKSet(jwks), async warm() {} };
  const key = remoteKeys({
    ...keys,
    ...(now ? { now } : {}),
    locate: async (timeoutMs) => jwks ?? discoverKeys(issuer.issuer, timeoutMs),
    onTrouble: (err) => log?.warn({ err, issuer: issuer.issuer }, 'the keys of the provider cannot be had'),
  });
  return { issuer, key, warm: () => key.warm() };
}

function bearer(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === '') throw new TokenRefused('MISSING');
  const token = /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];
  if (token === undefined || token.length > LONGEST) throw new TokenRefused('MALFORMED');
  return token;
}

/** Whose token it says it is; only chooses the keys, which then prove it. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (cause) {
    throw new TokenRefused('MALFORMED', {}, { cause });
  }
}

async function verify(token: string, { issuer, key }: Trusted, now: number): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [...(issuer.algorithms ?? usual)],
      issuer: issuer.issuer,
      audience: issuer.audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: (issuer.clockToleranceMs ?? 5_000) / 1_000,
      currentDate: new Date(now),
      ...(issuer.tokenType === 'any' ? {} : { typ: 'at+jwt' }),
    });
    if (!isAccessType(protectedHeader.typ)) throw new TokenRefused('CLAIMS', { claim: 'typ' });
    return payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

/** What an access token may call itself; tokens of other uses (logout, proof of possession) say so and are refused. */
const accessTypes = ['jwt', 'at+jwt', 'application/at+jwt'];
const isAccessType = (typ: unknown) =>
  typ === undefined || (typeof typ === 'string' && accessTypes.includes(typ.toLowerCase()));

function refusalOf(cause: unknown): unknown {
  const refused = (reason: RefusalReason, details = {}) => new TokenRefused(reason, details, { cause });
  if (cause instanceof TokenRefused) return cause;
  if (cause instanceof errors.JOSEAlgNotAllowed) return refused('ALGORITHM');
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys)
    return refused('UNKNOWN_KEY');
  if (cause instanceof errors.JWSSignatureVerificationFailed) return refused('BAD_SIGNATURE');
  if (cause instanceof errors.JWTExpired) return refused('EXPIRED');
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const { claim } = cause;
    if (claim === 'iss') return refused('WRONG_ISSUER');
    if (claim === 'aud') return refused('WRONG_AUDIENCE');
    if (claim === 'nbf' && cause.reason === 'check_failed') return refused('NOT_YET_VALID');
    return refused('CLAIMS', { claim });
  }
  return cause instanceof errors.JOSEError ? refused('MALFORMED') : cause;
}
