import type { AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { deciding, mustBeSystem } from '../deciding.ts';
import { DomainError } from '../error.ts';
import { recordOutcome, resolveNotice } from '../notice/decide.ts';
import { decideTask } from '../task/decide.ts';
import { isOpen } from '../task/find.ts';
import { c06Place } from '../task/place.ts';
import {
  activate,
  activateByCallCentre,
  markActivationOverdue,
  sendReminder,
  startPeriod,
} from './activating.ts';
import { isDissolved } from './dissolved.ts';
import { evolveAccount } from './evolve.ts';
import { decideInformation } from './information/decide.ts';
import {
  endTerm,
  liftTermsViolation,
  lockForTermsViolation,
  lockOwnAccount,
  unlockOwnAccount,
} from './locks.ts';
import { wantedNotices } from './notices.ts';
import { acknowledge, markAcknowledgementOverdue, settleAcknowledgement } from './obedience.ts';
import { applyOrder } from './orders.ts';
import type { Command, CommandNamed, Decision } from './state.ts';
import { tellOwner } from './tell.ts';

/**
 * Decides a command on an account under the pinned policy. Commands of the system decide to nothing when out of place.
 * @throws DomainError with the code of the rule that refuses
 */
export function decideAccount(
  command: Command,
  state: AccountState,
  now: number,
  policy: CasePolicy,
): readonly AccountEvent[] {
  const d: Decision = deciding(state, evolveAccount, command.actor, now);
  if (isSystems(command)) applySystem(d, command, policy);
  else applyPersons(d, command, policy);
  return d.events;
}

const systemCommands = [
  'OpenAccount',
  'SendReminder',
  'MarkActivationOverdue',
  'RecordNoticeOutcome',
  'MarkTaskOverdue',
  'EscalateDueTask',
  'ApplyOrder',
  'EndTerm',
  'AcknowledgeLock',
  'MarkAcknowledgementOverdue',
  'TakeRegistryChange',
  'NoteChangeConflict',
] as const satisfies readonly Command['type'][];
type SystemCommand = CommandNamed<(typeof systemCommands)[number]>;
type PersonsCommand = Exclude<Command, SystemCommand>;

const ofSystem: ReadonlySet<string> = new Set(systemCommands);
const isSystems = (command: Command): command is SystemCommand => ofSystem.has(command.type);

/** What still happens after the end of an organisation: delivery comes to its end, and orders are answered. */
const afterTheEnd: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'RecordNoticeOutcome',
  'MarkTaskOverdue',
  'EscalateDueTask',
  'ApplyOrder',
  'AcknowledgeLock',
  'MarkAcknowledgementOverdue',
]);

function applySystem(d: Decision, command: SystemCommand, policy: CasePolicy): void {
  mustBeSystem(command);
  const { status, stream, notices, tasks } = d.state;
  if (command.type === 'OpenAccount') {
    if (status !== 'NONE') return;
    d.add({ type: 'AccountOpened', data: { policyVersion: policy.version, ...command.data } });
    return tellOwner(d, policy, 'ACCOUNT_ISSUED');
  }
  if (status === 'NONE' || (isDissolved(d.state) && !afterTheEnd.has(command.type))) return;
  switch (command.type) {
    case 'RecordNoticeOutcome': {
      const place = c06Place(policy);
      d.add(...recordOutcome(command, stream, wantedNotices(d.state), tasks, place, policy, d.now));
      return startPeriod(d, notices, policy);
    }
    case 'SendReminder':
      return sendReminder(d, policy);
    case 'MarkActivationOverdue':
      return markActivationOverdue(d, policy);
    case 'MarkTaskOverdue':
    case 'EscalateDueTask':
      return d.add(...decideTask(command, tasks, policy, d.now));
    case 'ApplyOrder':
      return applyOrder(d, command, policy);
    case 'EndTerm':
      return endTerm(d, command, policy);
    case 'AcknowledgeLock':
      return acknowledge(d, command);
    case 'MarkAcknowledgementOverdue':
      return markAcknowledgementOverdue(d, command, policy);
    case 'TakeRegistryChange':
    case 'NoteChangeConflict':
      return decideInformation(d, command, policy);
  }
}

function applyPersons(d: Decision, command: PersonsCommand, policy: CasePolicy): void {
  const { status, stream, notices, tasks } = d.state;
  if (status === 'NONE') throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  if (isDissolved(d.state) && !isDelivery(command, d.state))
    throw new DomainError('EID_ERR_ACCOUNT_DISSOLVED');
  switch (command.type) {
    case 'ActivateAccount':
      return activate(d);
    case 'ActivateThroughCallCentre':
      return activateByCallCentre(d, command);
    case 'LockOwnAccount':
      return lockOwnAccount(d, command, policy);
    case 'UnlockOwnAccount':
      return unlockOwnAccount(d, command, policy);
    case 'LockForTermsViolation':
      return lockForTermsViolation(d, command, policy);
    case 'LiftTermsViolation':
      return liftTermsViolation(d, command, policy);
    case 'SettleAcknowledgement':
      return settleAcknowledgement(d, command, policy);
    case 'DeclareEnd':
    case 'ResolveEndDeclaration':
    case 'ResolveChangeConflict':
    case 'ReviewOwner':
      return decideInformation(d, command, policy);
    case 'ResolveNotice':
      d.add(...resolveNotice(command, notices, tasks, policy, d.now));
      return startPeriod(d, notices, policy);
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'ReassignTask':
    case 'DelegateTask':
    case 'EscalateTask':
      return d.add(...decideTask(command, tasks, policy, d.now));
  }
}

/** Work on a task that is open after the end: all of these are about delivery. */
function isDelivery(command: PersonsCommand, { tasks }: AccountState): boolean {
  switch (command.type) {
    case 'ResolveNotice':
    case 'SettleAcknowledgement':
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'ReassignTask':
    case 'DelegateTask':
    case 'EscalateTask':
      return tasks.some((task) => task.id === command.data.taskId && isOpen(task));
    default:
      return false;
  }
}
