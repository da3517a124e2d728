import type { Obedience } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { completeTask } from '../task/complete.ts';
import { cancelOpenTasks, openTaskEvent } from '../task/open.ts';
import { c06Place } from '../task/place.ts';
import { toInstant, toMs } from '../time.ts';
import type { CommandNamed, Decision } from './state.ts';

const ofPresentLock = ({ state }: Decision, service: string, seq: number): Obedience | undefined =>
  state.obedience.find((one) => one.service === service && one.seq === seq);

/** Whether a service is still expected to say that it obeys. */
export const isAwaited = ({ status }: Obedience): boolean => status === 'AWAITED' || status === 'OVERDUE';

/** A service obeys, on time or late; a word on an earlier lock, said twice, or of a service not asked, changes nothing. */
export function acknowledge(d: Decision, { data }: CommandNamed<'AcknowledgeLock'>): void {
  const { service, seq, at } = data;
  const one = ofPresentLock(d, service, seq);
  if (!one || one.status === 'ACKNOWLEDGED') return;
  const acknowledgedAt = toInstant(Math.min(toMs(at), d.now));
  const chases = d.state.tasks.filter((t) => t.kind === 'CHASE_SERVICE' && t.about === service);
  d.add({ type: 'LockAcknowledged', data: { service, seq, acknowledgedAt } });
  d.add(...cancelOpenTasks(chases, 'LOCK_ACKNOWLEDGED'));
}

/** A service that did not say in time that it obeys becomes somebody's task. */
export function markAcknowledgementOverdue(
  d: Decision,
  { data: { service, seq } }: CommandNamed<'MarkAcknowledgementOverdue'>,
  policy: CasePolicy,
): void {
  const one = ofPresentLock(d, service, seq);
  if (one?.status !== 'AWAITED' || d.now < toMs(one.dueAt)) return;
  d.add({ type: 'AcknowledgementOverdue', data: { service, seq, dueAt: one.dueAt } });
  const task = { kind: 'CHASE_SERVICE', place: c06Place(policy), about: service } as const;
  d.add(openTaskEvent(d.state.tasks, task, policy, d.now));
}

/**
 * A person found out by other means that the service obeys, and says how.
 * @throws DomainError as completeTask
 */
export function settleAcknowledgement(
  d: Decision,
  { data: { taskId, note }, actor }: CommandNamed<'SettleAcknowledgement'>,
  policy: CasePolicy,
): void {
  const { task, events } = completeTask(d.state.tasks, taskId, 'CHASE_SERVICE', actor, policy);
  const one = d.state.obedience.find(({ service }) => service === task.about);
  if (!one) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
  d.add(...events);
  d.add({ type: 'AcknowledgementSettled', data: { service: one.service, seq: one.seq, note } });
}
