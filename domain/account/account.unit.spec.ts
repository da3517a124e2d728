import { describe, expect, it } from 'vitest';
import type { Limit } from '../../schemas/policy.ts';
import {
  ACCOUNT,
  accounts,
  END_OF_7_DAYS,
  OPENED,
  opening,
  outcomeOf,
  RECEIVED,
} from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { colleague, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { accountDeadline, accountEffects } from './view.ts';

const { registrant, stranger, callCentre, system, director } = people;
const account = accounts(decree);
const activate = askAccount(registrant, 'ActivateAccount');
const byCallCentre = askAccount(callCentre, 'ActivateThroughCallCentre', {
  note: 'đã xác minh qua điện thoại',
});
const remind = askAccount(system, 'SendReminder');
const overdue = askAccount(system, 'MarkActivationOverdue');
const third = '2025-03-13T02:00:00.000Z';
const sixth = '2025-03-16T02:00:00.000Z';

describe('an account', () => {
  it('is opened with its identity, and the owner is told the result', () => {
    const { view, state } = account
      .fresh()
      .when(account.open())
      .then([
        {
          type: 'AccountOpened',
          data: { policyVersion: decree.version, number: '10000000001', request: 'registration-1' },
        },
        {
          type: 'NoticeOrdered',
          data: {
            template: 'ACCOUNT_ISSUED',
            values: { organisation: 'Công ty TNHH Sao Mai', number: '10000000001', callCentre: '1900.0368' },
          },
        },
      ]);
    expect(view).toMatchObject({
      status: 'ISSUED',
      title: 'Công ty TNHH Sao Mai',
      closed: false,
      overdue: false,
      claims: ['code:0900000011', 'number:10000000001'],
      claimsFrom: 'registration-1',
    });
    expect(view.waits[0]).toEqual({
      kind: 'PERSON',
      owner: registrant.name,
      what: 'ACTIVATE',
      since: OPENED,
    });
    expect(accountDeadline(state)).toBeUndefined();
  });
  it('is opened once, and by the system', () => {
    account.opened().when(account.open()).thenNothing();
    account.active().when(account.open()).thenNothing();
    account
      .fresh()
      .when(askAccount(director, 'OpenAccount', opening()))
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'OpenAccount' });
  });
  it.each([
    activate,
    byCallCentre,
    askAccount(callCentre, 'ClaimTask', { taskId: 'deliver-notice-1' }),
    askAccount(callCentre, 'ResolveNotice', { taskId: 'deliver-notice-1', action: 'RETRY', note: 'x' }),
  ])('that is not there takes no $type', (command) => {
    account.fresh().when(command).thenRefused('EID_ERR_CASE_UNKNOWN', { stream: ACCOUNT });
  });
  it.each([
    remind,
    overdue,
    outcomeOf('notice1', 1, 'DELIVERED'),
    askAccount(system, 'MarkTaskOverdue', { taskId: 'deliver-notice-1' }),
  ])('that is not there is left alone by the system’s $type', (command) => {
    account.fresh().when(command, END_OF_7_DAYS).thenNothing();
  });
  it.each([
    remind,
    overdue,
    outcomeOf('notice1', 1, 'DELIVERED'),
    askAccount(system, 'MarkTaskOverdue', { taskId: 'deliver-notice-1' }),
  ])('takes $type from the system alone', (command) => {
    account
      .opened()
      .when({ ...command, actor: director })
      .thenRefused('EID_ERR_FORBIDDEN', { command: command.type });
  });
});

describe('the activation period', () => {
  it('of seven days counts from receipt of the notice and not from issuance', () => {
    const { state } = account
      .opened()
      .when(outcomeOf('notice1', 1, 'DELIVERED', RECEIVED), RECEIVED)
      .then([
        { type: 'NoticeDelivered' },
        {
          type: 'ActivationPeriodStarted',
          data: {
            period: {
              noticeReceivedAt: RECEIVED,
              dueOn: '2025-03-17',
              dueAt: END_OF_7_DAYS,
              reminders: [third, sixth],
            },
          },
        },
      ]);
    expect(accountDeadline(state)).toEqual({
      at: Date.parse(third),
      command: { type: 'SendReminder', data: {} },
    });
  });
  it('starts once', () => {
    account
      .received()
      .when(outcomeOf('notice1', 1, 'DELIVERED'))
      .thenNothing();
    const reminded = account.played([{ command: remind, at: third }], account.received().history);
    account
      .given(reminded)
      .when(outcomeOf('notice2', 1, 'DELIVERED'))
      .then([{ type: 'NoticeDelivered' }]);
  });
  it('ends on the next working day when the seventh day is a day off', () => {
    const saturday = '2025-03-15T02:00:00.000Z';
    const { state } = account
      .opened()
      .when(outcomeOf('notice1', 1, 'DELIVERED', saturday), saturday)
      .then([{ type: 'NoticeDelivered' }, { type: 'ActivationPeriodStarted' }]);
    expect(state.period?.dueOn).toBe('2025-03-24');
  });
  const period = (activationReminders: Limit[], limitActivation: Limit = decree.limitActivation) => {
    const spec = accounts(decreeWith({ activationReminders, limitActivation }));
    return spec.received().state.period;
  };
  it('has the reminders of the policy that fall within it, in order of time', () => {
    const day = (amount: number): Limit => ({ amount, unit: 'calendar_days' });
    expect(period([day(6), day(3), day(20)])?.reminders).toEqual([third, sixth]);
    expect(period([])?.reminders).toEqual([]);
    expect(period([{ amount: 2, unit: 'working_days' }])?.reminders).toEqual(['2025-03-12T17:00:00.000Z']);
  });
  it('may be compressed to milliseconds for a rehearsal', () => {
    const ms = (amount: number): Limit => ({ amount, unit: 'milliseconds' });
    expect(period([ms(300), ms(600)], ms(700))).toMatchObject({
      dueAt: '2025-03-10T02:00:00.700Z',
      reminders: ['2025-03-10T02:00:00.300Z', '2025-03-10T02:00:00.600Z'],
    });
  });
});

describe('reminders', () => {
  it('go out after three days and after six, to the owner', () => {
    const first = account
      .received()
      .when(remind, third)
      .then([
        { type: 'ActivationReminded', data: { reminder: 1 } },
        {
          type: 'NoticeOrdered',
          data: { noticeId: 'notice2', template: 'ACTIVATION_REMINDER', values: { dueOn: '2025-03-17' } },
        },
      ]);
    expect(accountDeadline(first.state)?.at).toBe(Date.parse(sixth));
    const second = account
      .given(first.history)
      .when(remind, sixth)
      .then([
        { type: 'ActivationReminded', data: { reminder: 2 } },
        { type: 'NoticeOrdered', data: { noticeId: 'notice3' } },
      ]);
    expect(accountDeadline(second.state)).toEqual({
      at: Date.parse(END_OF_7_DAYS),
      command: { type: 'MarkActivationOverdue', data: {} },
    });
    account.given(second.history).when(remind, END_OF_7_DAYS).thenNothing();
  });
  it('wait for their time, for the notice, and for nobody who is active or late', () => {
    account.received().when(remind, '2025-03-13T01:59:59.999Z').thenNothing();
    account.opened().when(remind, sixth).thenNothing();
    account.active().when(remind, third).thenNothing();
    account.overdue().when(remind, END_OF_7_DAYS).thenNothing();
  });
});

describe('activation', () => {
  it('is done by the owner on VNeID within the period, and ends its notices and tasks', () => {
    const { view, state } = account
      .received()
      .when(activate, sixth)
      .then([{ type: 'AccountActivated', data: { through: 'VNEID' } }]);
    expect(state).toMatchObject({ status: 'ACTIVE', activatedAt: sixth });
    expect(view).toMatchObject({ status: 'ACTIVE', closed: false, overdue: false });
    expect(view.waits).toEqual([{ kind: 'PERSON', owner: registrant.name, what: 'USE', since: sixth }]);
    expect(accountDeadline(state)).toBeUndefined();
    expect(accountEffects(state)).toEqual([]);
  });
  it('may come before the notice is known to be received', () => {
    account
      .opened()
      .when(activate)
      .then([{ type: 'AccountActivated' }]);
    account
      .undelivered()
      .when(activate)
      .then([
        { type: 'TaskCancelled', data: { taskId: 'deliver-notice-1', why: 'ACCOUNT_ACTIVATED' } },
        { type: 'AccountActivated' },
      ]);
  });
  it('is the owner’s alone', () => {
    for (const actor of [stranger, callCentre, system])
      account
        .received()
        .when({ ...activate, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'owner' });
  });
  it('is done once', () => {
    account.active().when(activate).thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ACTIVE' });
  });
  it('on VNeID ends with the period, even before anybody marked it', () => {
    account
      .received()
      .when(activate, '2025-03-17T16:59:59.999Z')
      .then([{ type: 'AccountActivated' }]);
    account
      .received()
      .when(activate, END_OF_7_DAYS)
      .thenRefused('EID_ERR_ACTIVATION_OVERDUE', { dueAt: END_OF_7_DAYS });
    account
      .overdue()
      .when(activate, END_OF_7_DAYS)
      .thenRefused('EID_ERR_ACTIVATION_OVERDUE', { dueAt: END_OF_7_DAYS });
  });
  it('leaves late news of a notice without effect', () => {
    const early = account.played([{ command: activate }], account.opened().history);
    account
      .given(early)
      .when(outcomeOf('notice1', 1, 'DELIVERED'))
      .thenNothing();
    account
      .given(early)
      .when(outcomeOf('notice1', 1, 'FAILED'))
      .thenNothing();
  });
});

describe('an activation that falls overdue', () => {
  it('is marked at the end of the period, and the owner is told of the call centre: nothing lapses', () => {
    const { view, state } = account
      .received()
      .when(overdue, END_OF_7_DAYS)
      .then([
        { type: 'ActivationFellOverdue', data: { dueAt: END_OF_7_DAYS } },
        {
          type: 'NoticeOrdered',
          data: { template: 'ACTIVATION_OVERDUE', values: { callCentre: '1900.0368' } },
        },
      ]);
    expect(view).toMatchObject({
      status: 'ACTIVATION_OVERDUE',
      overdue: true,
      closed: false,
      claims: ['code:0900000011', 'number:10000000001'],
    });
    expect(view.waits[0]).toMatchObject({ owner: registrant.name, what: 'ACTIVATE_THROUGH_CALL_CENTRE' });
    expect(accountDeadline(state)).toBeUndefined();
  });
  it('is not marked before its time, without receipt, twice or after activation', () => {
    account.received().when(overdue, '2025-03-17T16:59:59.999Z').thenNothing();
    account.opened().when(overdue, END_OF_7_DAYS).thenNothing();
    account.overdue().when(overdue, END_OF_7_DAYS).thenNothing();
    account.active().when(overdue, END_OF_7_DAYS).thenNothing();
  });
  it('is then activated through the call centre', () => {
    const { view } = account
      .overdue()
      .when(byCallCentre, '2025-05-05T02:00:00.000Z')
      .then([
        { type: 'AccountActivated', data: { through: 'CALL_CENTRE', note: 'đã xác minh qua điện thoại' } },
      ]);
    expect(view).toMatchObject({ status: 'ACTIVE', overdue: false });
  });
  it('and only then, and by the call centre alone', () => {
    account.received().when(byCallCentre).thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ISSUED' });
    account.active().when(byCallCentre).thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ACTIVE' });
    for (const actor of [registrant, director])
      account
        .overdue()
        .when({ ...byCallCentre, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'CALL_CENTRE' });
  });
});

describe('the tasks of an account', () => {
  const taskId = 'deliver-notice-1';
  const colleagueOf = { ...callCentre, id: 'call-centre-2' };
  it('are claimed, delegated, released and reassigned like all others', () => {
    const claimed = account.played(
      [{ command: askAccount(callCentre, 'ClaimTask', { taskId }) }],
      account.undelivered().history,
    );
    account
      .given(claimed)
      .when(askAccount(colleagueOf, 'ClaimTask', { taskId }))
      .thenRefused('EID_ERR_TASK_HELD', { holderUnit: 'C06' });
    account
      .given(claimed)
      .when(askAccount(callCentre, 'DelegateTask', { taskId, to: colleague(colleagueOf) }))
      .then([{ type: 'TaskDelegated' }]);
    account
      .given(claimed)
      .when(askAccount(callCentre, 'ReleaseTask', { taskId }))
      .then([{ type: 'TaskReleased' }]);
    account
      .given(claimed)
      .when(askAccount(director, 'ReassignTask', { taskId, to: colleague(colleagueOf) }))
      .then([{ type: 'TaskReassigned' }]);
  });
  it('have no unit above them', () => {
    account
      .undelivered()
      .when(askAccount(director, 'EscalateTask', { taskId }))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { why: 'no unit above' });
  });
  it('fall overdue where the policy limits them', () => {
    const limit: Limit = { amount: 1, unit: 'working_days' };
    const limited = accounts(
      decreeWith({ tasks: { ...decree.tasks, DELIVER_NOTICE: { ...decree.tasks.DELIVER_NOTICE, limit } } }),
    );
    const due = accountDeadline(limited.undelivered().state);
    expect(due).toEqual({
      at: Date.parse('2025-03-11T17:00:00.000Z'),
      command: { type: 'MarkTaskOverdue', data: { taskId } },
    });
    limited
      .undelivered()
      .when(askAccount(system, 'MarkTaskOverdue', { taskId }), '2025-03-11T17:00:00.000Z')
      .then([{ type: 'TaskOverdue' }]);
  });
});
