import { publicStatus } from '../domain/account/status.ts';
import { DomainError } from '../domain/error.ts';
import type { AccountState } from '../schemas/account.ts';
import type { Actor } from '../schemas/actor.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { ProofClaims } from '../schemas/proof.ts';

/** What a proof is made of. `position` is the log position of the account's last event; `now` is epoch ms. */
export type ProofRequest = {
  readonly state: AccountState;
  readonly position: number;
  readonly actor: Pick<Actor, 'id'>;
  readonly now: number;
  readonly policy: Pick<CasePolicy, 'proofLifetimeMs'>;
};

/**
 * What an account's proof says at a moment. Times are whole seconds: `iat` the second that has begun, `exp` after the policy's
 * lifetime, rounded up. A locked account has a proof too, which says so: the desk then sees the lock and not a missing proof.
 *
 * @throws DomainError EID_ERR_CASE_UNKNOWN when the account is not open; EID_ERR_FORBIDDEN for anybody but its owner
 */
export function proofClaims(
  { state, position, actor, now, policy }: ProofRequest,
  issuer: string,
  jti: string,
): ProofClaims {
  const { stream, number, identity, owner } = state;
  const status = publicStatus(state);
  if (status === undefined || number === undefined || !identity || !owner) {
    throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  }
  if (actor.id !== owner.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
  const iat = Math.floor(now / 1000);
  return {
    iss: issuer,
    sub: number,
    name: showable(identity.names.vi, 300),
    status,
    holder: showable(owner.name, 200),
    iat,
    nbf: iat,
    exp: iat + Math.ceil(policy.proofLifetimeMs / 1000),
    jti,
    pos: position,
  };
}

/** A name as a terminal may show it: composed, without control characters, at most `max` UTF-16 units. */
export function showable(text: string, max: number): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ')
    .trim();
  if (clean === '') return '—';
  if (clean.length <= max) return clean;
  return `${clean.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
