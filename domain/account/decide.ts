import type { AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { deciding } from '../deciding.ts';
import { DomainError } from '../error.ts';
import { recordOutcome, resolveNotice, sendNotice } from '../notice/decide.ts';
import { decideTask } from '../task/decide.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { c06Place } from '../task/place.ts';
import { toMs } from '../time.ts';
import { activationPeriod } from './activation.ts';
import { evolveAccount } from './evolve.ts';
import type { Command, CommandNamed, Decision } from './state.ts';
import { wantedNotices } from './view.ts';

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
  apply(d, command, policy);
  return d.events;
}

const mustBeKnown = ({ state }: Decision): void => {
  if (state.status === 'NONE') throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream: state.stream });
};

function apply(d: Decision, command: Command, policy: CasePolicy): void {
  switch (command.type) {
    case 'OpenAccount':
    case 'SendReminder':
    case 'MarkActivationOverdue':
    case 'RecordNoticeOutcome':
      if (!d.actor.roles.includes('SYSTEM'))
        throw new DomainError('EID_ERR_FORBIDDEN', { command: command.type });
      return applySystem(d, command, policy);
    case 'ActivateAccount':
      mustBeKnown(d);
      return activate(d);
    case 'ActivateThroughCallCentre':
      mustBeKnown(d);
      return activateByCallCentre(d, command);
    case 'ResolveNotice':
      mustBeKnown(d);
      d.add(...resolveNotice(command, d.state.notices, d.state.tasks, policy, d.now));
      return startPeriod(d, policy);
    case 'MarkTaskOverdue':
      return d.add(...decideTask(command, d.state.tasks, policy, d.now));
    default:
      mustBeKnown(d);
      return d.add(...decideTask(command, d.state.tasks, policy, d.now));
  }
}

type SystemCommand = CommandNamed<
  'OpenAccount' | 'SendReminder' | 'MarkActivationOverdue' | 'RecordNoticeOutcome'
>;

function applySystem(d: Decision, command: SystemCommand, policy: CasePolicy): void {
  const { status, period, reminded, stream } = d.state;
  switch (command.type) {
    case 'OpenAccount':
      if (status !== 'NONE') return;
      d.add({ type: 'AccountOpened', data: { policyVersion: policy.version, ...command.data } });
      return tell(d, policy, 'ACCOUNT_ISSUED');
    case 'RecordNoticeOutcome': {
      const wanted = wantedNotices(d.state);
      d.add(...recordOutcome(command, stream, wanted, d.state.tasks, c06Place(policy), policy, d.now));
      return startPeriod(d, policy);
    }
    case 'SendReminder': {
      const next = period?.reminders[reminded];
      if (status !== 'ISSUED' || next === undefined || d.now < toMs(next)) return;
      d.add({ type: 'ActivationReminded', data: { reminder: reminded + 1 } });
      return tell(d, policy, 'ACTIVATION_REMINDER');
    }
    case 'MarkActivationOverdue':
      if (status !== 'ISSUED' || !period || d.now < toMs(period.dueAt)) return;
      d.add({ type: 'ActivationFellOverdue', data: { dueAt: period.dueAt } });
      return tell(d, policy, 'ACTIVATION_OVERDUE');
  }
}

function tell(
  d: Decision,
  policy: CasePolicy,
  template: 'ACCOUNT_ISSUED' | 'ACTIVATION_REMINDER' | 'ACTIVATION_OVERDUE',
): void {
  const { owner, identity, period } = d.state;
  if (!owner || !identity) return;
  const values = {
    organisation: identity.names.vi,
    number: identity.identificationNumber,
    callCentre: policy.callCentre,
    ...(period === undefined ? {} : { dueOn: period.dueOn }),
  };
  d.add(...sendNotice(d.state, { template, to: owner, values }, c06Place(policy), policy, d.now));
}

/** The period runs from receipt of the notice of the result, by whichever channel it was received. */
function startPeriod(d: Decision, policy: CasePolicy): void {
  if (d.state.period || d.state.status !== 'ISSUED') return;
  for (const event of d.events) {
    if (event.type !== 'NoticeDelivered' && event.type !== 'NoticeHandedOver') continue;
    const notice = d.state.notices.find((n) => n.id === event.data.noticeId);
    if (notice?.template !== 'ACCOUNT_ISSUED') continue;
    const receivedAt = toMs(event.type === 'NoticeDelivered' ? event.data.receivedAt : event.data.at);
    d.add({ type: 'ActivationPeriodStarted', data: { period: activationPeriod(receivedAt, policy) } });
  }
}

function activate(d: Decision): void {
  const { owner, status, period } = d.state;
  if (d.actor.id !== owner?.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
  const late = period !== undefined && d.now >= toMs(period.dueAt);
  if (status === 'ACTIVATION_OVERDUE' || (status === 'ISSUED' && late)) {
    throw new DomainError('EID_ERR_ACTIVATION_OVERDUE', { dueAt: period?.dueAt });
  }
  if (status !== 'ISSUED') throw new DomainError('EID_ERR_OUT_OF_PLACE', { status });
  finish(d, { through: 'VNEID' });
}

function activateByCallCentre(d: Decision, { data }: CommandNamed<'ActivateThroughCallCentre'>): void {
  if (!d.actor.roles.includes('CALL_CENTRE'))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'CALL_CENTRE' });
  const { status } = d.state;
  if (status !== 'ACTIVATION_OVERDUE') throw new DomainError('EID_ERR_OUT_OF_PLACE', { status });
  finish(d, { through: 'CALL_CENTRE', ...(data.note === undefined ? {} : { note: data.note }) });
}

function finish(d: Decision, data: Extract<AccountEvent, { type: 'AccountActivated' }>['data']): void {
  d.add(...cancelOpenTasks(d.state.tasks, 'ACCOUNT_ACTIVATED'));
  d.add({ type: 'AccountActivated', data });
}
