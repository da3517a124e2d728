import type { OrderOutcome } from '../../schemas/lock.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { isCarriedOut } from './outcome.ts';
import { type CommandNamed, type Decision, filed, type Rules } from './state.ts';
import { openStep, tellAuthority } from './steps.ts';

/** An approved order goes to the account by an effect; one that names no number has nowhere to go. */
export function carryOut(d: Decision, rules: Rules): void {
  if (filed(d.state).form.number === undefined) takeOutcome(d, rules, 'NO_ACCOUNT');
}

/** What the account made of the present round; an answer to an earlier round, or a second one, changes nothing. */
export function recordOrderOutcome(
  d: Decision,
  { data }: CommandNamed<'RecordOrderOutcome'>,
  rules: Rules,
): void {
  if (d.state.status !== 'APPROVED' || d.state.round !== data.round) return;
  takeOutcome(d, rules, data.outcome);
}

/** Carried out, the authority is told, as the account tells its owner; otherwise it is somebody's at C06. */
function takeOutcome(d: Decision, rules: Rules, outcome: OrderOutcome): void {
  const carriedOut = isCarriedOut(outcome);
  if (carriedOut) d.add(...cancelOpenTasks(d.state.tasks, 'ORDER_CARRIED_OUT'));
  d.add({ type: 'OrderOutcomeRecorded', data: { round: d.state.round, outcome } });
  if (carriedOut) tellAuthority(d, rules, 'LOCK_ORDER_CARRIED_OUT', { outcome });
  else openStep(d, rules, 'RESOLVE_ORDER');
}
