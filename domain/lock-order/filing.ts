import type { Actor } from '../../schemas/actor.ts';
import type { LockOrderField } from '../../schemas/lock-order.ts';
import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { missingFields, mustMakeSense } from './form.ts';
import {
  type CommandNamed,
  type Decision,
  filed,
  isUndecided,
  mustBe,
  outOfPlace,
  type Rules,
} from './state.ts';
import { finish, stepTask, tellAuthority, withNote } from './steps.ts';

const isDesk = (actor: Actor, unit: string): boolean =>
  actor.roles.includes('RECEPTION_OFFICER') && actor.unit === unit;

/** The officer who takes the form in records it: at any commune police or PC06, by hand or by post (Decision 5709). */
export function file(d: Decision, { data }: CommandNamed<'FileLockOrder'>, rules: Rules): void {
  if (d.state.status !== 'NONE') throw new DomainError('EID_ERR_CASE_EXISTS', { stream: d.state.stream });
  const { channel, form, reception } = data;
  if (!isDesk(d.actor, reception.unit) || !rules.lockOrderChannels.includes(channel)) {
    throw new DomainError('EID_ERR_FORBIDDEN', { channel, needed: 'reception officer of the unit' });
  }
  mustMakeSense(form, d.now);
  d.add({ type: 'LockOrderFiled', data: { policyVersion: rules.version, ...data } });
  receive(d, rules);
}

export function resubmit(d: Decision, { data }: CommandNamed<'ResubmitLockOrder'>, rules: Rules): void {
  mustBe(d.state, 'RETURNED');
  const { unit } = filed(d.state).reception;
  if (!isDesk(d.actor, unit))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'reception officer', unit });
  mustMakeSense(data.form, d.now);
  d.add({ type: 'LockOrderResubmitted', data });
  receive(d, rules);
}

/** Whoever receives the form has done a step of the order: four eyes know who it was. A complete form starts the clock. */
function receive(d: Decision, rules: Rules): void {
  const task = stepTask(d, rules, 'RECEIVE_ORDER');
  d.add(task);
  finish(d, rules, 'RECEIVE_ORDER', task.data.taskId);
  const missing = missingFields(filed(d.state).form, rules);
  if (missing.length > 0) return returnToAuthority(d, rules, missing);
  const forward = stepTask(d, rules, 'FORWARD_ORDER');
  const { dueAt } = forward.data;
  d.add({ type: 'LockOrderReceived', data: dueAt === undefined ? {} : { dueAt } }, forward);
}

/** Returns the form to the authority, with the fields that it lacks or with a person's words. */
export function returnToAuthority(
  d: Decision,
  rules: Rules,
  missing: readonly LockOrderField[],
  note?: string,
): void {
  d.add({ type: 'LockOrderReturned', data: { missing: [...missing], ...withNote(note) } });
  const fields = missing.length > 0 ? { missing: missing.join(',') } : {};
  tellAuthority(d, rules, 'LOCK_ORDER_RETURNED', { ...fields, ...withNote(note) });
}

/** Until the decision the authority takes its order back, itself or by paper at the reception unit. */
export function withdraw(d: Decision, { data }: CommandNamed<'WithdrawLockOrder'>, rules: Rules): void {
  if (!isUndecided(d.state)) throw outOfPlace(d.state);
  const { form, reception } = filed(d.state);
  const isAuthority = d.actor.roles.includes('AUTHORITY') && d.actor.id === form.authority?.contact.id;
  if (!isAuthority && !isDesk(d.actor, reception.unit)) {
    throw new DomainError('EID_ERR_FORBIDDEN', {
      needed: 'the authority, or the unit that received the order',
    });
  }
  d.add(...cancelOpenTasks(d.state.tasks, 'ORDER_WITHDRAWN'));
  d.add({ type: 'LockOrderWithdrawn', data });
  tellAuthority(d, rules, 'LOCK_ORDER_WITHDRAWN', withNote(data.note));
}
