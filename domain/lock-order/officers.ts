import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { toMs } from '../time.ts';
import { carryOut } from './carry-out.ts';
import { returnToAuthority } from './filing.ts';
import { completed } from './form.ts';
import { groundOf } from './ground.ts';
import { type CommandNamed, type Decision, filed, mustBe, type Rules } from './state.ts';
import { finish, openStep, tellAuthority, withNote } from './steps.ts';

/** The receiving unit looks at the order and passes it on to C06 (Decision 5709, step 2). */
export function forward(d: Decision, { data }: CommandNamed<'ForwardLockOrder'>, rules: Rules): void {
  mustBe(d.state, 'RECEIVED');
  finish(d, rules, 'FORWARD_ORDER', data.taskId);
  d.add({ type: 'LockOrderForwarded', data: withNote(data.note) });
  openStep(d, rules, 'DECIDE_ORDER');
}

export function returnOrder(d: Decision, { data }: CommandNamed<'ReturnLockOrder'>, rules: Rules): void {
  mustBe(d.state, 'RECEIVED');
  finish(d, rules, 'FORWARD_ORDER', data.taskId);
  returnToAuthority(d, rules, [], data.note);
}

/** The Director of C06 decides (Art 16; Decision 5709, step 3). */
export function decideOrder(d: Decision, { data }: CommandNamed<'DecideLockOrder'>, rules: Rules): void {
  mustBe(d.state, 'FORWARDED');
  const { taskId, decision } = data;
  const reasons = data.reasons === '' ? undefined : data.reasons;
  finish(d, rules, 'DECIDE_ORDER', taskId);
  switch (decision) {
    case 'APPROVE':
      return approve(d, rules, reasons);
    case 'REFUSE':
      return refuse(d, rules, reasons);
    case 'SEND_BACK':
      d.add({ type: 'LockOrderSentBack', data: withNote(reasons) });
      return openStep(d, rules, 'FORWARD_ORDER');
  }
}

function approve(d: Decision, rules: Rules, note: string | undefined): void {
  const form = completed(filed(d.state).form);
  const { until } = form;
  if (until !== undefined && toMs(until) <= d.now) {
    throw new DomainError('EID_ERR_OUT_OF_PLACE', { why: 'the term of the lock is over', until });
  }
  const ground = form.action === 'LOCK' ? { ground: groundOf(form.authority.kind, rules) } : {};
  const data = { authority: rules.decidingAuthority, ...ground, ...withNote(note) };
  d.add({ type: 'LockOrderApproved', data });
  carryOut(d, rules);
}

/** A refusal is in writing, with its reasons (Decision 5709). */
function refuse(d: Decision, rules: Rules, reasons: string | undefined): void {
  if (reasons === undefined) throw new DomainError('EID_ERR_REASON_MISSING');
  d.add(...cancelOpenTasks(d.state.tasks, 'ORDER_REFUSED'));
  d.add({ type: 'LockOrderRefused', data: { reasons } });
  tellAuthority(d, rules, 'LOCK_ORDER_REFUSED', { reasons });
}

/** What the account could not carry out is tried again, or ends with written reasons. */
export function resolve(d: Decision, { data }: CommandNamed<'ResolveOrder'>, rules: Rules): void {
  mustBe(d.state, 'UNRESOLVED');
  const { taskId, action, note } = data;
  finish(d, rules, 'RESOLVE_ORDER', taskId);
  const { outcome, round } = d.state;
  if (action === 'RETRY' || outcome === undefined) {
    d.add({ type: 'LockOrderRetried', data: { round: round + 1, note } });
    return carryOut(d, rules);
  }
  d.add(...cancelOpenTasks(d.state.tasks, 'ORDER_ENDED'));
  d.add({ type: 'LockOrderEnded', data: { outcome, reasons: note } });
  tellAuthority(d, rules, 'LOCK_ORDER_ENDED', { outcome, reasons: note });
}
