import { dueDate } from '../calendar/due-date.ts';
import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { toInstant, toMs } from '../time.ts';
import { mustBeAskable } from './answers.ts';
import { officeOf } from './office.ts';
import { type CommandNamed, type Decision, type Rules, waitedFor } from './state.ts';
import { endOf, finish, openStep } from './steps.ts';

const askers = ['VERIFICATION_OFFICER', 'UNIT_HEAD', 'C06_OFFICER', 'C06_DIRECTOR'] as const;

/** An officer of any police unit asks for the own unit; the system asks for an officer whose case does. */
export function openVerification(
  d: Decision,
  { data }: CommandNamed<'OpenVerification'>,
  rules: Rules,
): void {
  const { state, actor, now } = d;
  if (state.status !== 'NONE') throw new DomainError('EID_ERR_CASE_EXISTS', { stream: state.stream });
  const isOfficer = askers.some((role) => actor.roles.includes(role)) && actor.unit === data.asker.unit;
  if (!isOfficer && !actor.roles.includes('SYSTEM'))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an officer of the unit that asks' });
  mustBeAskable(data.questions);
  const dueAt = endOf(d, rules, rules.limitVerification);
  const reminders = rules.verificationReminders
    .map((limit) => toInstant(dueDate(rules.calendar, { receivedAt: now, limit }).dueAt))
    .filter((at) => toMs(at) < toMs(dueAt));
  const office = officeOf(data.body, data.place);
  d.add({
    type: 'VerificationOpened',
    data: { policyVersion: rules.version, ...data, office, dueAt, reminders },
  });
  openStep(d, rules, 'ANSWER_VERIFICATION');
}

/** The asking unit reminded the body itself after the limit, and gives it time once more. */
export function chase(d: Decision, { data }: CommandNamed<'ChaseVerification'>, rules: Rules): void {
  waitedFor(d.state);
  finish(d, rules, 'CHASE_VERIFICATION', data.taskId);
  const dueAt = endOf(d, rules, rules.limitVerificationChased);
  d.add({ type: 'VerificationChased', data: { dueAt, note: data.note } });
}

/** The unit that asked takes its question back; so does the system once the asking case has its outcome. */
export function withdraw(d: Decision, { data }: CommandNamed<'WithdrawVerification'>): void {
  const isSystem = d.actor.roles.includes('SYSTEM');
  if (isSystem && d.state.outcome !== undefined) return;
  const { asker } = waitedFor(d.state);
  const isAsker = askers.some((role) => d.actor.roles.includes(role)) && d.actor.unit === asker.unit;
  if (!isSystem && !isAsker) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'the unit that asked' });
  d.add(...cancelOpenTasks(d.state.tasks, 'VERIFICATION_WITHDRAWN'));
  d.add({ type: 'VerificationWithdrawn', data: { note: data.note } });
}
