import { describe, expect, it } from 'vitest';
import { accounts, END_OF_7_DAYS, lockOrder, outcomeOf, RECEIVED, unlockOrder } from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { accountDeadline } from './view.ts';

const { registrant, callCentre, system } = people;
const pauses = accounts(decree);
const runs = accounts(decreeWith({ activationClockOnLock: 'RUNS' }));
const activate = askAccount(registrant, 'ActivateAccount');
const byCallCentre = askAccount(callCentre, 'ActivateThroughCallCentre');
const remind = askAccount(system, 'SendReminder');
const overdue = askAccount(system, 'MarkActivationOverdue');
const lockedOn = (spec: typeof pauses, at: string) =>
  spec.given(spec.played([{ command: lockOrder('1'), at }], spec.received().history));
const third = '2025-03-13T02:00:00.000Z';
const sixth = '2025-03-16T02:00:00.000Z';
const lifted = [{ type: 'LockGroundLifted' }, { type: 'AccountUnlocked' }] as const;
const told = [{ type: 'NoticeOrdered' }, { type: 'OrderAnswered' }] as const;

describe('a lock before activation', () => {
  it('keeps the account from being activated, by its owner or by the call centre', () => {
    const grounds = { grounds: ['PROCEEDING_AGENCY_REQUEST'] };
    lockedOn(pauses, RECEIVED).when(activate).thenRefused('EID_ERR_ACCOUNT_LOCKED', grounds);
    const late = pauses.given(pauses.played([{ command: lockOrder('1') }], pauses.overdue().history));
    late.when(byCallCentre).thenRefused('EID_ERR_ACCOUNT_LOCKED', grounds);
    late.when({ ...byCallCentre, actor: registrant }).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('returns to the state that it came from', () => {
    for (const from of [pauses.opened(), pauses.received(), pauses.overdue(), pauses.active()]) {
      const before = pauses.given(from.history).state.status;
      const { view } = pauses
        .given(pauses.played([{ command: lockOrder('1') }], from.history))
        .when(unlockOrder('2'))
        .then([...lifted, ...told]);
      expect(view.status).toBe(before);
    }
  });
  it('lets the call centre go on where it left off', () => {
    const steps = [{ command: lockOrder('1') }, { command: unlockOrder('2') }];
    const { history } = pauses.given(pauses.played(steps, pauses.overdue().history));
    pauses
      .given(history)
      .when(byCallCentre)
      .then([{ type: 'AccountActivated' }]);
  });
});

describe('activation after a lock', () => {
  it('ends the tasks about its own notices and no other', () => {
    const failed = (notice: string) =>
      [1, 2].map((order) => ({ command: outcomeOf(notice, order, 'FAILED') }));
    const steps = [{ command: lockOrder('1') }, ...failed('notice2'), { command: unlockOrder('2') }];
    const { state, view } = pauses
      .given(pauses.played(steps, pauses.undelivered().history))
      .when(activate)
      .then([{ type: 'TaskCancelled', data: { taskId: 'deliver-notice-1' } }, { type: 'AccountActivated' }]);
    expect(state.tasks[1]).toMatchObject({ id: 'deliver-notice-2', about: 'notice2', status: 'OPEN' });
    expect(view.waits.map(({ what }) => what)).toEqual(['USE', 'DELIVER_NOTICE', 'ACCOUNT_UNLOCKED']);
  });
});

describe('a clock that pauses', () => {
  it('has no reminder and no end while the account is locked', () => {
    const locked = lockedOn(pauses, '2025-03-12T02:00:00.000Z');
    expect(accountDeadline(locked.state)).toBeUndefined();
    locked.when(remind, sixth).thenNothing();
    locked.when(overdue, END_OF_7_DAYS).thenNothing();
  });
  it('goes on with what was left of it, reminders and all', () => {
    const { state, history } = lockedOn(pauses, '2025-03-12T02:00:00.000Z')
      .when(unlockOrder('2'), '2025-03-15T14:00:00.000Z')
      .then([
        ...lifted,
        {
          type: 'ActivationPeriodResumed',
          data: {
            period: {
              noticeReceivedAt: RECEIVED,
              dueOn: '2025-03-21',
              dueAt: '2025-03-21T05:00:00.000Z',
              reminders: ['2025-03-16T14:00:00.000Z', '2025-03-19T14:00:00.000Z'],
            },
          },
        },
        ...told,
      ]);
    expect(accountDeadline(state)).toMatchObject({ at: Date.parse('2025-03-16T14:00:00.000Z') });
    const resumed = pauses.given(history);
    resumed.when(activate, '2025-03-21T04:59:59.999Z').then([{ type: 'AccountActivated' }]);
    resumed.when(activate, '2025-03-21T05:00:00.000Z').thenRefused('EID_ERR_ACTIVATION_OVERDUE');
  });
  it('moved by whole days ends with the day that is as much later', () => {
    const { state } = lockedOn(pauses, third)
      .when(unlockOrder('2'), '2025-03-14T02:00:00.000Z')
      .then([...lifted, { type: 'ActivationPeriodResumed' }, ...told]);
    expect(state.period).toMatchObject({ dueOn: '2025-03-18', dueAt: '2025-03-18T17:00:00.000Z' });
  });
  it('does not move a reminder that went out before', () => {
    const reminded = pauses.played([{ command: remind, at: third }], pauses.received().history);
    const locked = pauses.played([{ command: lockOrder('1'), at: third }], reminded);
    const { state } = pauses
      .given(locked)
      .when(unlockOrder('2'), '2025-03-14T02:00:00.000Z')
      .then([...lifted, { type: 'ActivationPeriodResumed' }, ...told]);
    expect(state.period?.reminders).toEqual([third, '2025-03-17T02:00:00.000Z']);
  });
  it('stands still for the length of each of two locks', () => {
    const day = (n: number) => `2025-03-${n}T02:00:00.000Z`;
    const { state } = pauses.given(
      pauses.played(
        [
          { command: lockOrder('1'), at: day(11) },
          { command: unlockOrder('2'), at: day(12) },
          { command: lockOrder('3'), at: day(13) },
          { command: unlockOrder('4'), at: day(15) },
        ],
        pauses.received().history,
      ),
    );
    expect(state.period).toMatchObject({ dueOn: '2025-03-20' });
  });
  it('of a notice received during the lock starts, stands still, and goes on from the unlock', () => {
    const during = '2025-03-12T02:00:00.000Z';
    const { history, state } = pauses
      .given(pauses.played([{ command: lockOrder('1') }], pauses.opened().history))
      .when(outcomeOf('notice1', 1, 'DELIVERED', during), during)
      .then([
        { type: 'NoticeDelivered' },
        { type: 'ActivationPeriodStarted', data: { period: { dueOn: '2025-03-19' } } },
      ]);
    expect(accountDeadline(state)).toBeUndefined();
    const { state: after } = pauses
      .given(history)
      .when(unlockOrder('2'), '2025-03-14T02:00:00.000Z')
      .then([...lifted, { type: 'ActivationPeriodResumed' }, ...told]);
    expect(after.period?.dueOn).toBe('2025-03-21');
  });
  it('that had ended before the lock is not given time again', () => {
    const late = '2025-03-18T02:00:00.000Z';
    const { history } = lockedOn(pauses, late)
      .when(unlockOrder('2'), '2025-03-19T02:00:00.000Z')
      .then([...lifted, ...told]);
    pauses
      .given(history)
      .when(overdue)
      .then([{ type: 'ActivationFellOverdue', data: { dueAt: END_OF_7_DAYS } }, { type: 'NoticeOrdered' }]);
  });
});

describe('a clock that runs', () => {
  it('reminds and falls overdue while the account is locked', () => {
    const locked = lockedOn(runs, '2025-03-12T02:00:00.000Z');
    expect(accountDeadline(locked.state)).toMatchObject({ at: Date.parse(third) });
    const { history } = locked
      .when(remind, third)
      .then([{ type: 'ActivationReminded' }, { type: 'NoticeOrdered' }]);
    const late = runs
      .given(history)
      .when(overdue, END_OF_7_DAYS)
      .then([{ type: 'ActivationFellOverdue' }, { type: 'NoticeOrdered' }]);
    expect(late.view).toMatchObject({ status: 'LOCKED', overdue: true });
    const { view } = runs
      .given(late.history)
      .when(unlockOrder('2'))
      .then([...lifted, ...told]);
    expect(view.status).toBe('ACTIVATION_OVERDUE');
  });
  it('is not moved by the unlock', () => {
    const { state } = lockedOn(runs, '2025-03-11T02:00:00.000Z')
      .when(unlockOrder('2'), '2025-03-12T02:00:00.000Z')
      .then([...lifted, ...told]);
    expect(state.period?.dueAt).toBe(END_OF_7_DAYS);
  });
});
