import type { AccountOrder, LockGround, OrderOutcome } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { isDissolved } from './dissolved.ts';
import { enabledRule, heldGround, liftable, liftGrounds, placeGround } from './grounds.ts';
import type { CommandNamed, Decision } from './state.ts';

type Named<A extends AccountOrder['action']> = Extract<AccountOrder, { action: A }>;
type Answer = { readonly outcome: OrderOutcome; readonly groundIds: readonly string[] };

/** Does what an order says as far as the account can, and always answers it: no order is refused here. */
export function applyOrder(
  d: Decision,
  { data: { instruction, round } }: CommandNamed<'ApplyOrder'>,
  policy: CasePolicy,
): void {
  const { outcome, groundIds } = answer(d, instruction, policy);
  d.add({
    type: 'OrderAnswered',
    data: { order: instruction.order, round, outcome, groundIds: [...groundIds] },
  });
}

function answer(d: Decision, instruction: AccountOrder, policy: CasePolicy): Answer {
  if (isDissolved(d.state)) return { outcome: 'DISSOLVED', groundIds: [] };
  return instruction.action === 'LOCK' ? lock(d, instruction, policy) : unlock(d, instruction, policy);
}

function lock(d: Decision, { action: _, until, ...rest }: Named<'LOCK'>, policy: CasePolicy): Answer {
  const wanted = { ...rest, ...(until === undefined ? {} : { until }) };
  const rule = enabledRule(policy, wanted.code);
  if (rule?.placedBy !== 'AUTHORITY' || rule.mode !== 'ORDER')
    return { outcome: 'GROUND_DISABLED', groundIds: [] };
  const outcome = placeGround(d, policy, wanted);
  const ground = heldGround(d.state, wanted);
  return { outcome, groundIds: ground ? [ground.id] : [] };
}

function unlock(d: Decision, order: Named<'UNLOCK'>, policy: CasePolicy): Answer {
  const which = (ground: LockGround): boolean =>
    (policy.authorityLift === 'ANY_AUTHORITY' || ground.authority.id === order.authority.id) &&
    (order.liftsDocument === undefined || ground.document?.number === order.liftsDocument);
  const why = { why: 'AUTHORITY', order: order.order } as const;
  const groundIds = liftable(d.state, which, why).map(({ id }) => id);
  return { outcome: liftGrounds(d, policy, which, why), groundIds };
}
