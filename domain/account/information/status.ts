import type { RegistryChange } from '../../../schemas/change.ts';
import type { LockGroundCode } from '../../../schemas/lock.ts';
import type { CasePolicy } from '../../../schemas/policy.ts';
import type { RegistryStatus } from '../../../schemas/registry.ts';
import { isDissolved } from '../dissolved.ts';
import { enabledRule, liftGrounds, placeGround } from '../grounds.ts';
import type { Decision } from '../state.ts';
import { compareMoments, type Moment } from './current.ts';
import { changeHead } from './head.ts';

const gravity: Readonly<Record<RegistryStatus, number>> = {
  ACTIVE: 0,
  SUSPENDED: 1,
  CEASED: 2,
  DISSOLVED: 3,
};

type Standing = Moment & { readonly status: RegistryStatus };

/** Of two statuses of one moment the graver counts, so that the order of arrival does not decide. */
const compareStanding = (a: Standing, b: Standing): number =>
  compareMoments(a, b) || gravity[a.status] - gravity[b.status];

const ground = ({ registry, reference }: RegistryChange, code: LockGroundCode) => ({
  code,
  authority: { id: registry, name: registry },
  note: reference,
});

/**
 * Takes what a registry says of the organisation's life. The latest word of a registry places the ground that the policy
 * names for it and lifts what the same registry said before; the grounds of others are not its own to lift.
 */
export function takeStatus(d: Decision, change: RegistryChange, policy: CasePolicy): void {
  const { status, statusSince, registry, changedAt, revision } = change;
  if (status === undefined) return;
  const held = d.state.registryStatus[registry];
  const order = held ? compareStanding({ status, changedAt, revision }, held) : 1;
  if (order === 0) return;
  const became = order > 0 ? 'CURRENT' : 'EARLIER';
  const since = statusSince === undefined ? {} : { statusSince };
  d.add({ type: 'RegistryStatusTaken', data: { ...changeHead(change), status, ...since, became } });
  if (became === 'EARLIER') return;
  const code = policy.registryGrounds[status];
  if (code !== undefined) {
    if (!enabledRule(policy, code)) return;
    placeGround(d, policy, ground(change, code));
    if (isDissolved(d.state)) return;
  }
  const outlived = (g: { authority: { id: string }; code: LockGroundCode }) =>
    g.authority.id === registry && g.code !== code;
  liftGrounds(d, policy, outlived, { why: 'REGISTRY', note: change.reference });
}

/**
 * Takes a merger. The organisation that goes on is not locked by it, nor is one of which the registry has said later that it
 * lives.
 */
export function takeMerger(
  d: Decision,
  change: RegistryChange,
  policy: CasePolicy,
  keysBefore: readonly string[],
): void {
  const { mergedInto, registry } = change;
  if (!mergedInto) return;
  d.add({ type: 'MergerTaken', data: { ...changeHead(change), mergedInto } });
  const { code, taxCode, identificationNumber } = mergedInto;
  const goesOn =
    (identificationNumber !== undefined && identificationNumber === d.state.number) ||
    [code, taxCode].some((own) => own !== undefined && keysBefore.includes(`code:${own}`));
  const held = d.state.registryStatus[registry];
  const livesOn =
    held !== undefined &&
    compareMoments(held, change) > 0 &&
    policy.registryGrounds[held.status] === undefined;
  const placed = policy.mergerGround;
  if (goesOn || livesOn || isDissolved(d.state)) return;
  if (placed !== undefined && enabledRule(policy, placed)) placeGround(d, policy, ground(change, placed));
}
