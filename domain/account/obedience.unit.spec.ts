import { describe, expect, it } from 'vitest';
import type { AccountCommand } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import { accounts, lockOrder, RECEIVED, unlockOrder } from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decreeWith } from '../testing/policy.spec.ts';
import { accountDeadline } from './view.ts';

const { proposer, proposer2, registrant, callCentre, system, director } = people;
const relyingServices = [
  { id: 'DVC', name: 'Cổng Dịch vụ công quốc gia' },
  { id: 'THUE', name: 'Thuế điện tử' },
];
const account = accounts(decreeWith({ relyingServices, acknowledgeWithinMs: 60_000 }));
const DUE = '2025-03-10T02:01:00.000Z';
const ack = (service = 'DVC', seq = 1, at = RECEIVED) =>
  askAccount(system, 'AcknowledgeLock', { service, seq, at });
const late = (service = 'DVC', seq = 1) => askAccount(system, 'MarkAcknowledgementOverdue', { service, seq });
const settle = (taskId = 'chase-service-1') =>
  askAccount(proposer, 'SettleAcknowledgement', { taskId, note: 'đã gọi điện, đã khóa' });
const having = (...steps: { command: CommandOf<AccountCommand>; at?: string }[]) =>
  account.given(
    account.played([{ command: lockOrder('1'), at: RECEIVED }, ...steps], account.active().history),
  );
const overdue = { command: late(), at: DUE };
const statuses = (state: ReturnType<typeof having>['state']) =>
  state.obedience.map(({ service, status }) => [service, status]);

describe('a lock', () => {
  it('names the services that must obey and until when, and waits for each', () => {
    const { state, view } = account
      .active()
      .when(lockOrder('1'), RECEIVED)
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked', data: { seq: 1, services: ['DVC', 'THUE'], acknowledgeBy: DUE } },
        { type: 'NoticeOrdered' },
        { type: 'OrderAnswered' },
      ]);
    expect(state.obedience).toEqual(
      ['DVC', 'THUE'].map((service) => ({ service, seq: 1, status: 'AWAITED', since: RECEIVED, dueAt: DUE })),
    );
    expect(view.waits).toContainEqual({
      kind: 'SERVICE',
      owner: 'THUE',
      what: 'ACKNOWLEDGE_LOCK',
      since: RECEIVED,
      until: DUE,
    });
    expect(accountDeadline(state)).toEqual({
      at: Date.parse(DUE),
      command: { type: 'MarkAcknowledgementOverdue', data: { service: 'DVC', seq: 1 } },
    });
  });
  it('that a second ground joins asks nobody again', () => {
    const { state } = having({ command: lockOrder('2') });
    expect(state.obedience.map(({ seq }) => seq)).toEqual([1, 1]);
  });
  it('after an unlock is another one, and asks again under its own number', () => {
    const { state } = having({ command: ack() }, { command: unlockOrder('2') }, { command: lockOrder('3') });
    expect(state.obedience.map(({ seq, status }) => [seq, status])).toEqual([
      [3, 'AWAITED'],
      [3, 'AWAITED'],
    ]);
  });
});

describe('a service', () => {
  it('acknowledges, and is waited for no longer', () => {
    const { state, view } = having()
      .when(ack(), '2025-03-10T02:00:30.000Z')
      .then([{ type: 'LockAcknowledged', data: { service: 'DVC', seq: 1, acknowledgedAt: RECEIVED } }]);
    expect(statuses(state)).toEqual([
      ['DVC', 'ACKNOWLEDGED'],
      ['THUE', 'AWAITED'],
    ]);
    expect(view.waits.filter(({ kind }) => kind === 'SERVICE')).toMatchObject([{ owner: 'THUE' }]);
  });
  it('never acknowledges in the future', () => {
    having()
      .when(ack('DVC', 1, '2030-01-01T00:00:00.000Z'), DUE)
      .then([{ type: 'LockAcknowledged', data: { acknowledgedAt: DUE } }]);
  });
  it('that says so twice, of an earlier lock, of one to come or of an unlocked account, or that was not asked, changes nothing', () => {
    having({ command: ack() }).when(ack()).thenNothing();
    having({ command: unlockOrder('2') }, { command: lockOrder('3') })
      .when(ack('DVC', 1))
      .thenNothing();
    having().when(ack('DVC', 2)).thenNothing();
    having().when(ack('KHAC', 1)).thenNothing();
    having({ command: unlockOrder('2') })
      .when(ack('DVC', 1))
      .thenNothing();
    account.active().when(ack()).thenNothing();
    account.fresh().when(ack()).thenNothing();
  });
  it('speaks through the system alone', () => {
    having()
      .when({ ...ack(), actor: director })
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'AcknowledgeLock' });
    having()
      .when({ ...late(), actor: director }, DUE)
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('that is silent falls overdue and becomes a task at C06', () => {
    const { state, view } = having()
      .when(late(), DUE)
      .then([
        { type: 'AcknowledgementOverdue', data: { service: 'DVC', seq: 1, dueAt: DUE } },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'chase-service-1',
            kind: 'CHASE_SERVICE',
            about: 'DVC',
            role: 'C06_OFFICER',
            unit: 'C06',
          },
        },
      ]);
    expect(view).toMatchObject({ status: 'LOCKED', overdue: true });
    expect(view.waits.filter(({ kind }) => kind === 'SERVICE').map(({ owner }) => owner)).toEqual([
      'DVC',
      'THUE',
    ]);
    expect(accountDeadline(state)).toMatchObject({ command: { data: { service: 'THUE' } } });
  });
  it('does not fall overdue early, twice, after its word, after the unlock, or under an older number', () => {
    having().when(late(), '2025-03-10T02:00:59.999Z').thenNothing();
    having(overdue).when(late(), DUE).thenNothing();
    having({ command: ack() }).when(late(), DUE).thenNothing();
    having({ command: unlockOrder('2') })
      .when(late(), DUE)
      .thenNothing();
    having({ command: unlockOrder('2') }, { command: lockOrder('3') })
      .when(late('DVC', 1), DUE)
      .thenNothing();
    account.fresh().when(late(), DUE).thenNothing();
  });
  it('that obeys late ends its task', () => {
    const { view } = having(overdue)
      .when(ack(), DUE)
      .then([
        { type: 'LockAcknowledged' },
        { type: 'TaskCancelled', data: { taskId: 'chase-service-1', why: 'LOCK_ACKNOWLEDGED' } },
      ]);
    expect(view.overdue).toBe(false);
  });
  it('that obeys leaves the task about another service to that service', () => {
    const { view } = having(overdue, { command: late('THUE'), at: DUE })
      .when(ack('THUE'), DUE)
      .then([{ type: 'LockAcknowledged' }, { type: 'TaskCancelled', data: { taskId: 'chase-service-2' } }]);
    expect(view.overdue).toBe(true);
  });
});

describe('an overdue acknowledgement', () => {
  it('is settled by an officer of C06 who says how', () => {
    const { state, view, history } = having(overdue)
      .when(settle())
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'AcknowledgementSettled', data: { service: 'DVC', seq: 1, note: 'đã gọi điện, đã khóa' } },
      ]);
    expect(statuses(state)[0]).toEqual(['DVC', 'SETTLED_BY_PERSON']);
    expect(view.overdue).toBe(false);
    account
      .given(history)
      .when(ack())
      .then([{ type: 'LockAcknowledged' }]);
    account.given(history).when(settle()).thenRefused('EID_ERR_TASK_CLOSED');
  });
  it('is settled by nobody without that task', () => {
    having(overdue)
      .when({ ...settle(), actor: registrant })
      .thenRefused('EID_ERR_FORBIDDEN');
    having(overdue)
      .when({ ...settle(), actor: callCentre })
      .thenRefused('EID_ERR_FORBIDDEN');
    const claim = askAccount(proposer2, 'ClaimTask', { taskId: 'chase-service-1' });
    having(overdue, { command: claim }).when(settle()).thenRefused('EID_ERR_TASK_HELD');
    having().when(settle()).thenRefused('EID_ERR_TASK_UNKNOWN');
    account.fresh().when(settle()).thenRefused('EID_ERR_CASE_UNKNOWN');
    const undelivered = accounts(decreeWith({ relyingServices, noticeChannels: ['EMAIL'] }));
    undelivered
      .opened()
      .when({ ...settle('deliver-notice-1'), actor: callCentre })
      .thenRefused('EID_ERR_OUT_OF_PLACE', { kind: 'DELIVER_NOTICE' });
  });
  it('is dropped with its task when the account is unlocked', () => {
    const { state, view } = having(overdue)
      .when(unlockOrder('2'))
      .then([
        { type: 'LockGroundLifted' },
        { type: 'AccountUnlocked' },
        { type: 'TaskCancelled', data: { taskId: 'chase-service-1', why: 'ACCOUNT_UNLOCKED' } },
        { type: 'NoticeOrdered' },
        { type: 'OrderAnswered' },
      ]);
    expect(state.obedience).toEqual([]);
    expect(view.overdue).toBe(false);
  });
});
