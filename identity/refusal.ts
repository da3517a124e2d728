import { DomainError } from '../domain/error.ts';

/** Why a token is not accepted. */
export type RefusalReason =
  | 'MISSING'
  | 'MALFORMED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'BAD_SIGNATURE'
  | 'WRONG_ISSUER'
  | 'WRONG_AUDIENCE'
  | 'ALGORITHM'
  | 'UNKNOWN_KEY'
  | 'CLAIMS'
  | 'PROVIDER_DOWN';

/**
 * A token that is not accepted: EID_ERR_UNAUTHENTICATED, or EID_ERR_UNAVAILABLE when the provider's keys cannot be had, so
 * that nobody is told to sign in again because a server is down. The details never hold what the token says.
 */
export class TokenRefused extends DomainError {
  readonly reason: RefusalReason;

  constructor(
    reason: RefusalReason,
    details: Readonly<Record<string, unknown>> = {},
    options: ErrorOptions = {},
  ) {
    super(reason === 'PROVIDER_DOWN' ? 'EID_ERR_UNAVAILABLE' : 'EID_ERR_UNAUTHENTICATED', {
      reason,
      ...details,
    });
    this.name = 'TokenRefused';
    this.reason = reason;
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/**
 * The value of `WWW-Authenticate` that goes with a refusal (RFC 6750, section 3), none with EID_ERR_UNAVAILABLE.
 * A caller who sent no token at all is told the scheme and no error.
 */
export function challengeFor({ reason }: TokenRefused): string | undefined {
  switch (reason) {
    case 'PROVIDER_DOWN':
      return undefined;
    case 'MISSING':
      return 'Bearer';
    case 'MALFORMED':
      return 'Bearer error="invalid_request"';
    default:
      return `Bearer error="invalid_token", error_description="${reason}"`;
  }
}
