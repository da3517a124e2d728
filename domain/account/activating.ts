import type { AccountEvent } from '../../schemas/account.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { toMs } from '../time.ts';
import { activationPeriod } from './activation.ts';
import { runningPeriod } from './clock.ts';
import { activationTasks } from './notices.ts';
import type { CommandNamed, Decision } from './state.ts';
import { tellOwner } from './tell.ts';

/**
 * The period runs from receipt of the notice of the result, by whichever channel it was received. `notices` are those before the
 * decision: a notice that is settled may be forgotten by it.
 */
export function startPeriod(d: Decision, notices: readonly Notice[], policy: CasePolicy): void {
  if (d.state.period || d.state.status !== 'ISSUED') return;
  for (const event of d.events) {
    if (event.type !== 'NoticeDelivered' && event.type !== 'NoticeHandedOver') continue;
    const notice = notices.find((n) => n.id === event.data.noticeId);
    if (notice?.template !== 'ACCOUNT_ISSUED') continue;
    const receivedAt = toMs(event.type === 'NoticeDelivered' ? event.data.receivedAt : event.data.at);
    d.add({ type: 'ActivationPeriodStarted', data: { period: activationPeriod(receivedAt, policy) } });
  }
}

/** The next reminder of the policy, at its time. */
export function sendReminder(d: Decision, policy: CasePolicy): void {
  const period = runningPeriod(d.state);
  const next = period?.reminders[d.state.reminded];
  if (!period || next === undefined || d.now < toMs(next)) return;
  d.add({ type: 'ActivationReminded', data: { reminder: d.state.reminded + 1 } });
  tellOwner(d, policy, 'ACTIVATION_REMINDER', { dueOn: period.dueOn });
}

/** The period is over: from now on the call centre activates. */
export function markActivationOverdue(d: Decision, policy: CasePolicy): void {
  const period = runningPeriod(d.state);
  if (!period || d.now < toMs(period.dueAt)) return;
  d.add({ type: 'ActivationFellOverdue', data: { dueAt: period.dueAt } });
  tellOwner(d, policy, 'ACTIVATION_OVERDUE', { dueOn: period.dueOn });
}

/** The owner activates within the period (Art 14(1)). @throws DomainError EID_ERR_FORBIDDEN, _ACCOUNT_LOCKED, _ACTIVATION_OVERDUE */
export function activate(d: Decision): void {
  const { owner, status, period } = d.state;
  if (d.actor.id !== owner?.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
  mustBeUnlocked(d);
  const late = period !== undefined && d.now >= toMs(period.dueAt);
  if (status === 'ACTIVATION_OVERDUE' || (status === 'ISSUED' && late)) {
    throw new DomainError('EID_ERR_ACTIVATION_OVERDUE', { dueAt: period?.dueAt });
  }
  if (status !== 'ISSUED') throw new DomainError('EID_ERR_OUT_OF_PLACE', { status });
  finish(d, { through: 'VNEID' });
}

/** The call centre activates after it. @throws DomainError EID_ERR_FORBIDDEN, _ACCOUNT_LOCKED, _OUT_OF_PLACE */
export function activateByCallCentre(d: Decision, { data }: CommandNamed<'ActivateThroughCallCentre'>): void {
  if (!d.actor.roles.includes('CALL_CENTRE'))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'CALL_CENTRE' });
  mustBeUnlocked(d);
  const { status } = d.state;
  if (status !== 'ACTIVATION_OVERDUE') throw new DomainError('EID_ERR_OUT_OF_PLACE', { status });
  finish(d, { through: 'CALL_CENTRE', ...(data.note === undefined ? {} : { note: data.note }) });
}

function mustBeUnlocked({ state: { grounds } }: Decision): void {
  if (grounds.length === 0) return;
  throw new DomainError('EID_ERR_ACCOUNT_LOCKED', { grounds: grounds.map(({ code }) => code) });
}

function finish(d: Decision, data: Extract<AccountEvent, { type: 'AccountActivated' }>['data']): void {
  d.add(...cancelOpenTasks(activationTasks(d.state), 'ACCOUNT_ACTIVATED'));
  d.add({ type: 'AccountActivated', data });
}
