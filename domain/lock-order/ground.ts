import type { LockGroundCode } from '../../schemas/lock.ts';
import type { AuthorityKind } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';

/** The ground that each kind of authority has (Decision 5709/QĐ-BCA-C06, Part II.B.A.2: the two requesters of form TK03). */
const groundOfAuthority: Readonly<Record<AuthorityKind, LockGroundCode>> = {
  PROCEEDING_AGENCY: 'PROCEEDING_AGENCY_REQUEST',
  COMPETENT_AUTHORITY: 'COMPETENT_AUTHORITY_REQUEST',
};

/**
 * The ground on which an authority of this kind has an account locked.
 * @throws DomainError EID_ERR_GROUND_DISABLED when the policy does not have it, or not for orders
 */
export function groundOf(
  kind: AuthorityKind,
  { lockGrounds }: Pick<CasePolicy, 'lockGrounds'>,
): LockGroundCode {
  const ground = groundOfAuthority[kind];
  const rule = lockGrounds.find(({ code }) => code === ground);
  if (!rule?.enabled || rule.mode !== 'ORDER') throw new DomainError('EID_ERR_GROUND_DISABLED', { ground });
  return ground;
}
