import { describe, expect, it } from 'vitest';
import type { AccountCommand } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import { accounts, END_OF_7_DAYS, lockOrder, outcomeOf, RECEIVED, unlockOrder } from '../testing/accounts.ts';
import { change, take } from '../testing/changes.ts';
import { askAccount } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { accountDeadline, accountEffects, viewAccount } from './view.ts';

const { registrant, proposer, director, callCentre, system } = people;
const relyingServices = [{ id: 'DVC', name: 'Cổng Dịch vụ công quốc gia' }];
const account = accounts(decree);
const obeyed = accounts(decreeWith({ relyingServices, acknowledgeWithinMs: 60_000 }));
const dissolve = take(change('end', { status: 'DISSOLVED' }));
type Step = { command: CommandOf<AccountCommand>; at?: string };
const endOf = (spec: typeof account, from: ReturnType<typeof spec.given>, ...steps: Step[]) =>
  spec.given(spec.played([{ command: dissolve, at: RECEIVED }, ...steps], from.history));
const dissolved = (...steps: Step[]) => endOf(account, account.active(), ...steps);
const delivered = { command: outcomeOf('notice2', 1, 'DELIVERED') };
const failed = [1, 2].map((order) => ({ command: outcomeOf('notice2', order, 'FAILED') }));
const DUE = '2025-03-10T02:01:00.000Z';
const lockOwn = askAccount(registrant, 'LockOwnAccount', { until: END_OF_7_DAYS });
const hand = askAccount(callCentre, 'ResolveNotice', {
  taskId: 'deliver-notice-1',
  action: 'HANDED_OVER',
  note: 'đã trao tay',
});

describe('the end of an organisation', () => {
  it('locks its account for ever, and its owner is told', () => {
    const { view, state } = account
      .active()
      .when(dissolve, RECEIVED)
      .then([
        { type: 'RegistryStatusTaken' },
        { type: 'LockGroundPlaced', data: { ground: { code: 'DISSOLVED', liftedBy: 'NOBODY' } } },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_LOCKED', values: { ground: 'DISSOLVED' } } },
      ]);
    expect(view).toMatchObject({ status: 'LOCKED', closed: false });
    expect(view.waits).toMatchObject([{ kind: 'CHANNEL', what: 'ACCOUNT_LOCKED' }]);
    expect(accountEffects(state)).toHaveLength(1);
  });
  it('joins the grounds that were there, and none of them is lifted any more', () => {
    const from = account.given(account.played([{ command: lockOwn }], account.active().history));
    const both = endOf(account, from);
    expect(both.state).toMatchObject({ seq: 1, grounds: [{ code: 'OWNER_REQUEST' }, { code: 'DISSOLVED' }] });
    expect(accountDeadline(both.state)).toBeUndefined();
    both.when(askAccount(system, 'EndTerm', { groundId: 'ground-1' }), END_OF_7_DAYS).thenNothing();
    both.when(askAccount(registrant, 'UnlockOwnAccount')).thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
  });
  it.each([
    askAccount(registrant, 'ActivateAccount'),
    askAccount(callCentre, 'ActivateThroughCallCentre'),
    askAccount(registrant, 'LockOwnAccount'),
    askAccount(registrant, 'UnlockOwnAccount'),
    askAccount(proposer, 'LockForTermsViolation', { note: 'x' }),
    askAccount(proposer, 'LiftTermsViolation', { note: 'x' }),
    askAccount(registrant, 'DeclareEnd', { code: 'DISSOLVED', note: 'x' }),
    askAccount(proposer, 'ResolveEndDeclaration', { taskId: 'review-end-1', accepted: true, note: 'x' }),
    askAccount(proposer, 'ResolveChangeConflict', { taskId: 'review-change-1', note: 'x' }),
    askAccount(proposer, 'ReviewOwner', { taskId: 'review-owner-1', note: 'x' }),
    askAccount(proposer, 'SettleAcknowledgement', { taskId: 'chase-service-1', note: 'x' }),
    askAccount(proposer, 'ClaimTask', { taskId: 'deliver-notice-1' }),
    hand,
  ])('takes no $type any more', (command) => {
    for (const end of [dissolved(), dissolved(delivered)])
      end.when(command).thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
  });
  it.each([
    askAccount(system, 'SendReminder'),
    askAccount(system, 'MarkActivationOverdue'),
    askAccount(system, 'EndTerm', { groundId: 'ground-1' }),
    take(change('later', { status: 'ACTIVE', changedAt: '2025-03-12T05:00:00.000Z' })),
    askAccount(system, 'NoteChangeConflict', { change: change('c'), key: 'code:1', heldBy: 'account-2' }),
    askAccount(system, 'AcknowledgeLock', { service: 'DVC', seq: 1, at: RECEIVED }),
    askAccount(system, 'MarkTaskOverdue', { taskId: 'deliver-notice-1' }),
    account.open(),
  ])('leaves the system’s $type without effect', (command) => {
    for (const from of [account.active(), account.received(), account.opened()])
      endOf(account, from).when(command, END_OF_7_DAYS).thenNothing();
  });
  it.each([lockOrder('1', {}, 2), unlockOrder('1', {}, 2)])(
    'is the answer to every order, and changes nothing else, even when the case has closed',
    (command) => {
      for (const end of [dissolved(), dissolved(delivered)]) {
        const { state } = end.when(command).then([
          {
            type: 'OrderAnswered',
            data: { order: 'lock-order-1', round: 2, outcome: 'DISSOLVED', groundIds: [] },
          },
        ]);
        expect(state).toEqual(end.state);
      }
    },
  );
  it('ends the activation: its clock, its notices and the tasks about them', () => {
    const undelivered = endOf(account, account.undelivered());
    expect(undelivered.state.tasks).toMatchObject([{ id: 'deliver-notice-1', status: 'CANCELLED' }]);
    undelivered.when(hand).thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
    const opened = endOf(account, account.opened());
    expect(accountEffects(opened.state)).toMatchObject([{ input: { template: 'ACCOUNT_LOCKED' } }]);
    opened.when(outcomeOf('notice1', 1, 'DELIVERED')).thenNothing();
    expect(accountDeadline(endOf(account, account.received()).state)).toBeUndefined();
    expect(account.overdue().state.status).toBe('ACTIVATION_OVERDUE');
    expect(viewAccount(endOf(account, account.overdue()).state)).toMatchObject({ overdue: false });
  });
  it('cancels what a person was to look at', () => {
    const asked = account.played(
      [
        {
          command: askAccount(system, 'NoteChangeConflict', {
            change: change('c'),
            key: 'code:1',
            heldBy: 'account-2',
          }),
        },
      ],
      account.active().history,
    );
    account
      .given(asked)
      .when(dissolve)
      .then([
        { type: 'RegistryStatusTaken' },
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'TaskCancelled', data: { taskId: 'review-change-1', why: 'ACCOUNT_DISSOLVED' } },
        { type: 'NoticeOrdered' },
      ]);
  });
});

describe('after the end of an organisation', () => {
  it('the case closes when its owner was told, and keeps its records and its claims', () => {
    const { view, state } = dissolved()
      .when(delivered.command)
      .then([{ type: 'NoticeDelivered' }]);
    expect(view).toMatchObject({
      status: 'LOCKED',
      closed: true,
      waits: [],
      claims: ['code:0900000011', 'number:10000000001'],
    });
    expect(state.grounds).toHaveLength(1);
  });
  it('what no channel delivered is still handed over by a person', () => {
    const open = dissolved(...failed);
    expect(open.state.tasks).toMatchObject([{ id: 'deliver-notice-1', status: 'OPEN' }]);
    const { view } = open
      .when(hand)
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'NoticeHandedOver' }]);
    expect(view.closed).toBe(true);
    open
      .when(askAccount(proposer, 'ReviewOwner', { taskId: 'deliver-notice-1', note: 'x' }))
      .thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
    open
      .when(askAccount(callCentre, 'ClaimTask', { taskId: 'deliver-notice-1' }))
      .then([{ type: 'TaskClaimed' }]);
    open
      .when(askAccount(director, 'ClaimTask', { taskId: 'deliver-notice-1' }))
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('the services still have to obey, in time or by way of a person', () => {
    const ack = askAccount(system, 'AcknowledgeLock', { service: 'DVC', seq: 1, at: RECEIVED });
    const late = askAccount(system, 'MarkAcknowledgementOverdue', { service: 'DVC', seq: 1 });
    const told = endOf(obeyed, obeyed.active(), delivered);
    expect(
      obeyed
        .given(told.history)
        .when(ack)
        .then([{ type: 'LockAcknowledged' }]).view.closed,
    ).toBe(true);
    const overdue = obeyed
      .given(told.history)
      .when(late, DUE)
      .then([{ type: 'AcknowledgementOverdue' }, { type: 'TaskOpened' }]);
    expect(overdue.view).toMatchObject({ closed: false, overdue: true });
    const { view } = obeyed
      .given(overdue.history)
      .when(askAccount(proposer, 'SettleAcknowledgement', { taskId: 'chase-service-1', note: 'đã khóa' }))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'AcknowledgementSettled' }]);
    expect(view).toMatchObject({ closed: true, overdue: false, waits: [] });
  });
});
