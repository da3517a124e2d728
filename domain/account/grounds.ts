import type { AccountState } from '../../schemas/account.ts';
import type {
  GroundAuthority,
  LegalDocument,
  LockGround,
  LockGroundCode,
  LockGroundRule,
} from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { toInstant } from '../time.ts';
import type { Decision } from './state.ts';
import { becomeLocked, becomeUnlocked, dropAllButDelivery } from './switch.ts';
import { groundValues, tellOwner } from './tell.ts';

export { isDissolved } from './dissolved.ts';

/** A ground as somebody wants it placed. `until` ends its term; it has no effect on a ground that nobody lifts. */
export type WantedGround = {
  readonly code: LockGroundCode;
  readonly authority: GroundAuthority;
  readonly document?: LegalDocument;
  readonly until?: string;
  readonly order?: string;
  readonly note?: string;
};

/** On whose word grounds are lifted: a party lifts only what the ground says that it lifts, a term only its own. */
export type LiftReason = {
  readonly why: 'OWNER' | 'C06' | 'REGISTRY' | 'AUTHORITY' | 'TERM_ENDED';
  readonly order?: string;
  readonly note?: string;
};

/** The policy's rule for a ground, if the ground is enabled. */
export const enabledRule = (policy: CasePolicy, code: LockGroundCode): LockGroundRule | undefined =>
  policy.lockGrounds.find((rule) => rule.code === code && rule.enabled);

/** The same, where there is no going on without it. @throws DomainError EID_ERR_GROUND_DISABLED */
export function mustHaveRule(policy: CasePolicy, code: LockGroundCode): LockGroundRule {
  const rule = enabledRule(policy, code);
  if (!rule) throw new DomainError('EID_ERR_GROUND_DISABLED', { code });
  return rule;
}

/** The very ground that stands already: same code, by the same authority, on the same document. */
export const heldGround = (
  { grounds }: Pick<AccountState, 'grounds'>,
  { code, authority, document }: Pick<WantedGround, 'code' | 'authority' | 'document'>,
): LockGround | undefined =>
  grounds.find(
    (held) =>
      held.code === code && held.authority.id === authority.id && held.document?.number === document?.number,
  );

/**
 * Places a ground under the policy's rule of this moment, which the ground keeps; the owner is told. Locks the account when it is the
 * first.
 * @throws DomainError EID_ERR_GROUND_DISABLED when the policy has no such enabled ground
 */
export function placeGround(
  d: Decision,
  policy: CasePolicy,
  wanted: WantedGround,
): 'LOCKED' | 'GROUND_ADDED' | 'ALREADY_HELD' {
  const { basis, liftedBy } = mustHaveRule(policy, wanted.code);
  if (heldGround(d.state, wanted)) return 'ALREADY_HELD';
  const { until, ...rest } = wanted;
  const first = d.state.grounds.length === 0;
  const ground: LockGround = {
    id: `ground-${d.state.groundsPlaced + 1}`,
    ...rest,
    basis,
    liftedBy,
    since: toInstant(d.now),
    ...(until === undefined || liftedBy === 'NOBODY' ? {} : { until }),
  };
  d.add({ type: 'LockGroundPlaced', data: { ground } });
  if (first) becomeLocked(d, policy);
  if (liftedBy === 'NOBODY') dropAllButDelivery(d);
  tellOwner(d, policy, 'ACCOUNT_LOCKED', groundValues(ground));
  return first ? 'LOCKED' : 'GROUND_ADDED';
}

/**
 * Lifts those of the grounds asked for that the party may lift; what nobody lifts stays. Unlocks the account when none is left, and tells the owner.
 */
export function liftGrounds(
  d: Decision,
  policy: CasePolicy,
  which: (ground: LockGround) => boolean,
  why: LiftReason,
): 'UNLOCKED' | 'GROUND_LIFTED' | 'NOTHING_TO_LIFT' {
  const lifted = liftable(d.state, which, why);
  for (const { id, code } of lifted) {
    d.add({ type: 'LockGroundLifted', data: { groundId: id, code, ...why } });
  }
  if (lifted.length === 0) return 'NOTHING_TO_LIFT';
  if (d.state.grounds.length > 0) return 'GROUND_LIFTED';
  becomeUnlocked(d, policy);
  tellOwner(d, policy, 'ACCOUNT_UNLOCKED');
  return 'UNLOCKED';
}

/** Of the grounds asked for, those that the party's word, or the end of their term, lifts. */
export const liftable = (
  { grounds }: Pick<AccountState, 'grounds'>,
  which: (ground: LockGround) => boolean,
  { why }: Pick<LiftReason, 'why'>,
): LockGround[] =>
  grounds.filter(
    (ground) =>
      ground.liftedBy !== 'NOBODY' && (why === 'TERM_ENDED' || ground.liftedBy === why) && which(ground),
  );
