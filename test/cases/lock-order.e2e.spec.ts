import { expect, test, vi } from 'vitest';
import { orderActivities } from '../../activities/orders.ts';
import { publicStatus } from '../../domain/account/status.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { LockOrderForm, LockOrderState } from '../../schemas/lock-order.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { file as fileRequest, issue, send, streamOf } from '../support/play.ts';
import { jurisdiction, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const system = useSystem({
  organisations: 20,
  values: {
    limitLockForward: ms(3_600_000),
    limitLockDecide: ms(3_600_000),
    limitUnlockForward: ms(300),
    limitUnlockDecide: ms(3_600_000),
  },
});

const { reception, catalogueVersion } = jurisdiction;
const desk: Actor = { ...officers.head, id: 'desk', name: 'desk', roles: ['RECEPTION_OFFICER'] };
const authority: Actor = { id: 'prosecution', name: 'Viện kiểm sát thử nghiệm', roles: ['AUTHORITY'] };
const headOfPc06: Actor = {
  ...officers.head,
  id: 'head-pc06',
  unit: 'PC06-TEST',
  unitPath: ['PC06-TEST', 'C06'],
};

const form = (number: string, changes: Partial<LockOrderForm> = {}): LockOrderForm => ({
  action: 'LOCK',
  authority: { kind: 'PROCEEDING_AGENCY', contact: { id: authority.id, name: authority.name } },
  number,
  document: { number: '12/QĐ-VKS', date: '2025-02-28' },
  reason: 'Phục vụ điều tra',
  ...changes,
});

const fileOrder = (order: string, of: LockOrderForm) =>
  send(system(), order, desk, 'FileLockOrder', {
    channel: 'IN_PERSON_TK03',
    form: of,
    reception,
    catalogueVersion,
  });
const forward = (order: string) =>
  send(system(), order, officers.head, 'ForwardLockOrder', { taskId: 'forward-order-1' });
const decide = (order: string, decision: string, reasons?: string) => {
  const data = { taskId: 'decide-order-1', decision, ...(reasons === undefined ? {} : { reasons }) };
  return send(system(), order, officers.director, 'DecideLockOrder', data);
};

/** Takes an order through its three people. */
async function give(order: string, of: LockOrderForm): Promise<void> {
  await fileOrder(order, of);
  await forward(order);
  await decide(order, 'APPROVE');
}

const closed = (stream: string) => system().watch.until(stream, (standing) => standing.closed);
const stateOf = async <S>(stream: string) => (await readCase(system().pool, stream))?.state as S;
const typesOf = async (stream: string) => (await readStream(system().pool, stream)).map((e) => e.type);
const statusOf = async (number: string) => publicStatus(await stateOf<AccountState>(`account-${number}`));

/** Issues and activates the account of organisation `n`; its identification number. */
async function activeAccount(n: number): Promise<string> {
  await issue(system(), n);
  const { account } = await stateOf<{ account: string }>(streamOf(n));
  await vi.waitFor(async () => expect(await stateOf(account)).toHaveProperty('period'), 20_000);
  await send(system(), account, registrant(n), 'ActivateAccount', {});
  return account.slice('account-'.length);
}

/** What an account was told by an order, read from the log. */
const answersTo = async (number: string, order: string) =>
  (await readStream(system().pool, `account-${number}`))
    .filter((event) => event.type === 'OrderAnswered' && event.data.order === order)
    .map((event) => event.data.outcome);

async function stopWorkers(): Promise<void> {
  await Promise.all(
    system()
      .workers.filter((w) => w.running)
      .map((w) => w.stop()),
  );
}

test('an order locks an active account, and another unlocks it', async () => {
  const number = await activeAccount(1);
  await give('lock-order-1', form(number));
  await closed('lock-order-1');
  expect(await stateOf('lock-order-1')).toMatchObject({ status: 'CARRIED_OUT', outcome: 'LOCKED' });
  expect(await statusOf(number)).toBe('LOCKED');
  expect((await stateOf<AccountState>(`account-${number}`)).grounds).toMatchObject([
    { code: 'PROCEEDING_AGENCY_REQUEST', order: 'lock-order-1', authority: { id: authority.id } },
  ]);
  await give(
    'lock-order-2',
    form(number, { action: 'UNLOCK', document: { number: '20/QĐ-VKS', date: '2025-03-03' } }),
  );
  await closed('lock-order-2');
  expect(await stateOf('lock-order-2')).toMatchObject({ status: 'CARRIED_OUT', outcome: 'UNLOCKED' });
  expect(await statusOf(number)).toBe('ACTIVE');
  for (const order of ['lock-order-1', 'lock-order-2']) {
    const { notices } = await stateOf<LockOrderState>(order);
    expect(notices).toMatchObject([
      { template: 'LOCK_ORDER_CARRIED_OUT', status: 'DELIVERED', to: { id: authority.id } },
    ]);
  }
});

test('an order against an account that does not exist becomes a task at C06, and ends with written reasons', async () => {
  const order = 'lock-order-nobody';
  await give(order, form('99999999999'));
  await system().watch.untilStatus(order, 'UNRESOLVED');
  const found = await readCase(system().pool, order);
  expect(found?.waits).toMatchObject([{ kind: 'TASK', owner: 'C06', what: 'RESOLVE_ORDER' }]);
  const resolve = (taskId: string, action: string, turn: number) => {
    const data = { taskId, action, note: 'Không có tài khoản này' };
    return send(system(), order, officers.proposer, 'ResolveOrder', data, turn);
  };
  await resolve('resolve-order-1', 'RETRY', 1);
  await vi.waitFor(async () => {
    const { round, status } = await stateOf<LockOrderState>(order);
    expect({ round, status }).toEqual({ round: 2, status: 'UNRESOLVED' });
  }, 20_000);
  await resolve('resolve-order-2', 'END', 2);
  await closed(order);
  expect(await stateOf(order)).toMatchObject({
    status: 'ENDED',
    outcome: 'NO_ACCOUNT',
    reasons: 'Không có tài khoản này',
  });
  expect(await readCase(system().pool, 'account-99999999999')).toBeUndefined();
});

test('a number that no stream could be named after has no account', async () => {
  const order = 'lock-order-long';
  await give(order, form('9'.repeat(400)));
  await system().watch.untilStatus(order, 'UNRESOLVED');
  expect(await stateOf(order)).toMatchObject({ outcome: 'NO_ACCOUNT' });
});

test('a refused order ends in writing and leaves the account as it was', async () => {
  const number = await activeAccount(2);
  const before = (await readCase(system().pool, `account-${number}`))?.version;
  const order = 'lock-order-refused';
  await fileOrder(order, form(number));
  await forward(order);
  await decide(order, 'REFUSE', 'Không đúng thẩm quyền');
  await closed(order);
  expect(await stateOf(order)).toMatchObject({ status: 'REFUSED', reasons: 'Không đúng thẩm quyền' });
  expect((await stateOf<LockOrderState>(order)).notices).toMatchObject([
    { template: 'LOCK_ORDER_REFUSED', status: 'DELIVERED', values: { reasons: 'Không đúng thẩm quyền' } },
  ]);
  expect((await readCase(system().pool, `account-${number}`))?.version).toBe(before);
  await expect(
    send(
      system(),
      order,
      officers.director,
      'DecideLockOrder',
      { taskId: 'decide-order-1', decision: 'APPROVE' },
      2,
    ),
  ).rejects.toMatchObject({ code: 'EID_ERR_CASE_CLOSED' });
});

test('a withdrawn order ends before it is decided', async () => {
  const order = 'lock-order-withdrawn';
  await fileOrder(order, form('88888888888'));
  await forward(order);
  await send(system(), order, authority, 'WithdrawLockOrder', { note: 'Đã khắc phục' });
  await closed(order);
  expect(await typesOf(order)).toEqual(expect.arrayContaining(['LockOrderWithdrawn', 'NoticeDelivered']));
  expect(await stateOf(order)).toMatchObject({ status: 'WITHDRAWN', round: 0 });
  await expect(decide(order, 'APPROVE')).rejects.toMatchObject({ code: 'EID_ERR_CASE_CLOSED' });
});

test('an order that nobody forwards in time shows, and climbs to the parent unit, whose head may forward it', async () => {
  const order = 'lock-order-late';
  await fileOrder(order, form('77777777777', { action: 'UNLOCK' }));
  await vi.waitFor(async () => {
    const found = await readCase(system().pool, order);
    expect(found).toMatchObject({ overdue: true, status: 'RECEIVED' });
    expect(found?.tasks.find((t) => t.kind === 'FORWARD_ORDER')?.units).toEqual(['CAX-TEST', 'PC06-TEST']);
  }, 20_000);
  await send(system(), order, headOfPc06, 'ForwardLockOrder', { taskId: 'forward-order-1' });
  expect(await readCase(system().pool, order)).toMatchObject({ overdue: false, status: 'FORWARDED' });
});

test('a number whose account is about to be opened is told from one that there is not', async () => {
  const n = 3;
  const stream = streamOf(n);
  await fileRequest(system(), n);
  await system().watch.untilStatus(stream, 'PENDING_PROPOSAL');
  await send(system(), stream, officers.proposer, 'ProposeIssuance', { taskId: 'propose-1', list: 'test' });
  await stopWorkers();
  const decided = send(system(), stream, officers.director, 'DecideRequest', {
    taskId: 'decide-1',
    decision: 'APPROVE',
    reasons: [],
  });
  await dieUntil('record.committed:1', stream, 'AccountIssued');
  const { account } = await stateOf<{ account: string }>(stream);
  const { carryOutOrder } = orderActivities(system().cases, system().pool);
  const instruction = {
    action: 'UNLOCK' as const,
    order: 'lock-order-early',
    authority: { id: authority.id, name: authority.name },
    document: { number: '1/QĐ', date: '2025-03-03' },
  };
  const early = { account, round: 1, instruction, correlationId: 'test' };
  expect(await carryOutOrder(early)).toBe('NOT_YET_OPEN');
  expect(await carryOutOrder({ ...early, account: 'account-66666666666' })).toBe('NO_ACCOUNT');
  await system().addWorker();
  await decided;
  await closed(stream);
});

/** Lets workers die at a point, one after the other, until a stream holds an event; whichever append was the first. */
async function dieUntil(point: string, stream: string, type: string): Promise<void> {
  do {
    const doomed = await system().addWorker({ ORGEID_FAILPOINTS: point });
    await doomed.ended;
  } while (!(await typesOf(stream)).includes(type));
}

test.each([
  ['the append of the decision', 'record.committed:1', 5],
  ['the account’s answer', 'order.applied:1', 6],
])('a worker killed right after %s still carries the order out once', async (_, point, n) => {
  const number = await activeAccount(n);
  const order = `lock-order-killed-${n}`;
  await fileOrder(order, form(number));
  await forward(order);
  await stopWorkers();
  const decided = decide(order, 'APPROVE');
  await dieUntil(point, order, 'LockOrderApproved');
  expect(await stateOf(order)).toMatchObject({ status: 'APPROVED' });
  await system().addWorker();
  await decided;
  await closed(order);
  expect(await answersTo(number, order)).toEqual(['LOCKED']);
  expect(await stateOf(order)).toMatchObject({ status: 'CARRIED_OUT', outcome: 'LOCKED', round: 1 });
  expect((await typesOf(order)).filter((type) => type === 'OrderOutcomeRecorded')).toHaveLength(1);
});

test('after all of this the chain is whole, the read models equal the fold and the stream equals the log', async () => {
  await expectTruth(system());
});
