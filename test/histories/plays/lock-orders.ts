import { commandFault } from '../../../registries/mock/control.ts';
import type { LockOrderForm } from '../../../schemas/lock-order.ts';
import { accountOf, numberOf, openAccount } from '../../support/accounts.ts';
import { send } from '../../support/play.ts';
import { jurisdiction, officers } from '../../support/requests.ts';
import type { TestSystem } from '../../support/system.ts';
import { heldUp, type Play, type Stage, untilStands } from '../stage.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const NO_ACCOUNT = '99999999999';

/** The authority of an order, by the order's name, so that each can be told or not told by itself. */
const formOf = (name: string, number: string, more: Partial<LockOrderForm> = {}): LockOrderForm => ({
  action: 'LOCK',
  authority: { kind: 'PROCEEDING_AGENCY', contact: { id: `agency-${name}`, name: 'Cơ quan thử nghiệm' } },
  number,
  document: { number: '12/QĐ', date: '2025-02-28' },
  reason: 'Phục vụ điều tra',
  ...more,
});

const silence = ({ nc }: TestSystem, name: string) =>
  commandFault(nc, 'VNEID', { fault: 'SILENT', key: `agency-${name}` });

async function filed(system: TestSystem, name: string, form: LockOrderForm): Promise<string> {
  const stream = `lock-order-${name}`;
  const { reception, catalogueVersion } = jurisdiction;
  const data = { channel: 'IN_PERSON_TK03', form, reception, catalogueVersion };
  await send(system, stream, officers.desk, 'FileLockOrder', data);
  return stream;
}

const forward = (system: TestSystem, stream: string) =>
  send(system, stream, officers.head, 'ForwardLockOrder', { taskId: 'forward-order-1' });
const decide = (system: TestSystem, stream: string, decision: 'APPROVE' | 'REFUSE') =>
  send(system, stream, officers.director, 'DecideLockOrder', {
    ...{ taskId: 'decide-order-1', decision },
    ...(decision === 'REFUSE' ? { reasons: 'Không đúng thẩm quyền' } : {}),
  });

const carriedOut: Play = async ({ system, known, keep }) => {
  const n = known();
  await openAccount(system, n);
  const stream = await filed(system, 'carried-out', formOf('carried-out', numberOf(n)));
  await keep('lock-order-waiting-to-be-forwarded', stream, 'RECEIVED', 'TASK FORWARD_ORDER');
  await forward(system, stream);
  await keep('lock-order-waiting-for-decision', stream, 'FORWARDED', 'TASK DECIDE_ORDER');
  await heldUp(system, accountOf(n), async () => {
    await decide(system, stream, 'APPROVE');
    await keep('lock-order-being-carried-out', stream, 'APPROVED', 'effect carryOut');
  });
  await system.watch.until(stream, ({ closed }) => closed);
  await keep('lock-order-carried-out', stream);
  await keep('account-locked-by-order', accountOf(n), 'LOCKED', 'ground PROCEEDING_AGENCY_REQUEST');
};

const returned: Play = async ({ system, keep }) => {
  const { reason: _, ...incomplete } = formOf('returned', NO_ACCOUNT);
  const stream = await filed(system, 'returned', incomplete);
  const silentName = 'returned-silently';
  await silence(system, silentName);
  const { reason: __, ...other } = formOf(silentName, NO_ACCOUNT);
  const silent = await filed(system, silentName, other);
  await keep('lock-order-returned-notice-under-way', silent, 'RETURNED', 'CHANNEL LOCK_ORDER_RETURNED');
  await keep('lock-order-returned', stream, 'RETURNED', 'PERSON SUPPLEMENT');
  await send(system, stream, officers.desk, 'ResubmitLockOrder', { form: formOf('returned', NO_ACCOUNT) });
  await keep('lock-order-resubmitted', stream, 'RECEIVED');
};

const unresolved: Play = async ({ system, keep }) => {
  const name = 'unresolved';
  const stream = await filed(system, name, formOf(name, NO_ACCOUNT));
  await forward(system, stream);
  await decide(system, stream, 'APPROVE');
  await keep('lock-order-unresolved', stream, 'UNRESOLVED', 'TASK RESOLVE_ORDER');
  const retry = { taskId: 'resolve-order-1', action: 'RETRY', note: 'Không có tài khoản này' };
  await send(system, stream, officers.proposer, 'ResolveOrder', retry);
  await untilStands(system, stream, 'UNRESOLVED');
  await silence(system, name);
  const end = { taskId: 'resolve-order-2', action: 'END', note: 'Không có tài khoản này' };
  await send(system, stream, officers.proposer, 'ResolveOrder', end, 2);
  await keep('lock-order-ended-notice-under-way', stream, 'ENDED', 'CHANNEL LOCK_ORDER_ENDED');
};

/** The end of an order of which the authority has not heard yet. */
const endedUntold =
  (name: string, end: (stage: Stage, stream: string) => Promise<unknown>, template: string): Play =>
  async (stage) => {
    const { system, known, keep } = stage;
    const n = known();
    await openAccount(system, n);
    await silence(system, name);
    const stream = await filed(system, name, formOf(name, numberOf(n)));
    await forward(system, stream);
    await end(stage, stream);
    await keep(`lock-order-${name}-notice-under-way`, stream, `CHANNEL LOCK_ORDER_${template}`);
  };

const undeliverable: Play = async ({ system, keep }) => {
  const name = 'undeliverable';
  await commandFault(system.nc, 'VNEID', { fault: 'WRONG', key: `agency-${name}` });
  const stream = await filed(system, name, formOf(name, NO_ACCOUNT));
  await forward(system, stream);
  await decide(system, stream, 'REFUSE');
  await keep('lock-order-notice-undeliverable', stream, 'REFUSED', 'TASK DELIVER_NOTICE');
};

const late: Play = async ({ under, keep }) => {
  const escalation = [{ id: 'later', when: { after: ms(3_600_000) } }];
  const system = await under({ limitLockForward: ms(500), escalation });
  const stream = await filed(system, 'late', formOf('late', NO_ACCOUNT));
  await keep('lock-order-overdue', stream, 'RECEIVED', 'deadline EscalateDueTask');
  const unhurried = await under({ escalation: [] });
  const calm = await filed(unhurried, 'calm', formOf('calm', NO_ACCOUNT));
  await keep('lock-order-climbing-never', calm, 'RECEIVED', 'deadline MarkTaskOverdue');
};

export const lockOrderPlays: readonly Play[] = [
  carriedOut,
  returned,
  unresolved,
  endedUntold('approved', ({ system }, stream) => decide(system, stream, 'APPROVE'), 'CARRIED_OUT'),
  endedUntold('refused', ({ system }, stream) => decide(system, stream, 'REFUSE'), 'REFUSED'),
  endedUntold(
    'withdrawn',
    ({ system }, stream) => {
      const authority = { id: 'agency-withdrawn', name: 'agency', roles: ['AUTHORITY' as const] };
      return send(system, stream, authority, 'WithdrawLockOrder', { note: 'Đã khắc phục' });
    },
    'WITHDRAWN',
  ),
  undeliverable,
  late,
];
