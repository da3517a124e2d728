import type { LockOrderEvent, LockOrderState } from '../../schemas/lock-order.ts';
import { deciding, mustBeSystem } from '../deciding.ts';
import { recordOutcome, resolveNotice } from '../notice/decide.ts';
import { decideTask } from '../task/decide.ts';
import { c06Place } from '../task/place.ts';
import { recordOrderOutcome } from './carry-out.ts';
import { wantedNotices } from './effects.ts';
import { evolveLockOrder } from './evolve.ts';
import { file, resubmit, withdraw } from './filing.ts';
import { decideOrder, forward, resolve, returnOrder } from './officers.ts';
import { type Command, type CommandNamed, type Decision, outOfPlace, type Rules } from './state.ts';
import { isLockOrderClosed } from './view.ts';

/**
 * Decides a command on an order to lock or unlock under the pinned policy. Commands of the system decide to nothing when
 * out of place; others throw.
 * @throws DomainError with the code of the rule that refuses
 */
export function decideLockOrder(
  command: Command,
  state: LockOrderState,
  now: number,
  rules: Rules,
): readonly LockOrderEvent[] {
  const d: Decision = deciding(state, evolveLockOrder, command.actor, now);
  apply(d, command, rules);
  return d.events;
}

function apply(d: Decision, command: Command, rules: Rules): void {
  switch (command.type) {
    case 'FileLockOrder':
      return file(d, command, rules);
    case 'ResubmitLockOrder':
      return resubmit(d, command, rules);
    case 'ReturnLockOrder':
      return returnOrder(d, command, rules);
    case 'ForwardLockOrder':
      return forward(d, command, rules);
    case 'DecideLockOrder':
      return decideOrder(d, command, rules);
    case 'WithdrawLockOrder':
      return withdraw(d, command, rules);
    case 'ResolveOrder':
      return resolve(d, command, rules);
    case 'ResolveNotice':
      mustBeOpen(d.state);
      return d.add(...resolveNotice(command, d.state.notices, d.state.tasks, rules, d.now));
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'ReassignTask':
    case 'DelegateTask':
    case 'EscalateTask':
      mustBeOpen(d.state);
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    case 'MarkTaskOverdue':
    case 'EscalateDueTask':
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    case 'RecordOrderOutcome':
    case 'RecordNoticeOutcome':
      return applySystem(d, command, rules);
  }
}

/** An order that has ended may still have a notice that somebody must deliver. */
function mustBeOpen(state: LockOrderState): void {
  if (state.status === 'NONE' || isLockOrderClosed(state)) throw outOfPlace(state);
}

type SystemCommand = CommandNamed<'RecordOrderOutcome' | 'RecordNoticeOutcome'>;

/** What the system tells a case is not for people to say. */
function applySystem(d: Decision, command: SystemCommand, rules: Rules): void {
  mustBeSystem(command);
  if (command.type === 'RecordOrderOutcome') return recordOrderOutcome(d, command, rules);
  const { stream, tasks } = d.state;
  d.add(...recordOutcome(command, stream, wantedNotices(d.state), tasks, c06Place(rules), rules, d.now));
}
