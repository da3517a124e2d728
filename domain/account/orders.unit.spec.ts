import { describe, expect, it } from 'vitest';
import type { AccountCommand } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { LockGroundCode, LockGroundRule } from '../../schemas/lock.ts';
import {
  ACCOUNT,
  accounts,
  lockOrder,
  prosecution,
  RECEIVED,
  taxOffice,
  unlockOrder,
} from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { liftable } from './grounds.ts';

const account = accounts(decree);
const lockOwn = askAccount(people.registrant, 'LockOwnAccount');
const tax = { authority: taxOffice, code: 'COMPETENT_AUTHORITY_REQUEST' } as const;
const ruled = (code: LockGroundCode, part: Partial<LockGroundRule>) =>
  accounts(
    decreeWith({
      lockGrounds: decree.lockGrounds.map((rule) => (rule.code === code ? { ...rule, ...part } : rule)),
    }),
  );
const having = (...commands: CommandOf<AccountCommand>[]) =>
  account.given(
    account.played(
      commands.map((command) => ({ command })),
      account.active().history,
    ),
  );
const answered = (outcome: string, groundIds: string[] = [], order = 'lock-order-1', round = 1) =>
  ({ type: 'OrderAnswered', data: { order, round, outcome, groundIds } }) as const;

describe('an order to lock', () => {
  it('places a ground that keeps its basis, authority, document and term, and the owner is told all of them', () => {
    const until = '2025-06-01T00:00:00.000Z';
    const { state, view } = account
      .active()
      .when(lockOrder('1', { until }), RECEIVED)
      .then([
        {
          type: 'LockGroundPlaced',
          data: {
            ground: {
              id: 'ground-1',
              code: 'PROCEEDING_AGENCY_REQUEST',
              basis:
                'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 (cơ quan tiến hành tố tụng); Decree 69/2024 Arts 15, 16',
              authority: prosecution,
              liftedBy: 'AUTHORITY',
              document: { number: '1', date: '2025-03-10' },
              since: RECEIVED,
              until,
              order: 'lock-order-1',
            },
          },
        },
        {
          type: 'AccountLocked',
          data: { seq: 1, services: [], acknowledgeBy: undefined, activationClock: undefined },
        },
        {
          type: 'NoticeOrdered',
          data: {
            template: 'ACCOUNT_LOCKED',
            to: { id: people.registrant.id },
            values: {
              number: '10000000001',
              ground: 'PROCEEDING_AGENCY_REQUEST',
              authority: prosecution.name,
              document: '1',
              documentDate: '2025-03-10',
              until,
            },
          },
        },
        answered('LOCKED', ['ground-1']),
      ]);
    expect(state).toMatchObject({ status: 'ACTIVE', seq: 1, lockedAt: RECEIVED, groundsPlaced: 1 });
    expect(view).toMatchObject({ status: 'LOCKED', closed: false, overdue: false });
    expect(view.waits[0]).toEqual({
      kind: 'PERSON',
      owner: prosecution.name,
      what: 'LIFT_GROUND',
      since: RECEIVED,
      until,
    });
  });
  it('of a second authority stands beside the first, and both keep it locked', () => {
    const both = having(lockOrder('1'))
      .when(lockOrder('2', tax))
      .then([
        { type: 'LockGroundPlaced', data: { ground: { id: 'ground-2', authority: taxOffice } } },
        { type: 'NoticeOrdered' },
        answered('GROUND_ADDED', ['ground-2'], 'lock-order-2'),
      ]);
    expect(both.state.seq).toBe(1);
    const one = account
      .given(both.history)
      .when(unlockOrder('3'))
      .then([
        {
          type: 'LockGroundLifted',
          data: { groundId: 'ground-1', why: 'AUTHORITY', order: 'lock-order-3' },
        },
        answered('GROUND_LIFTED', ['ground-1'], 'lock-order-3'),
      ]);
    expect(one.view.status).toBe('LOCKED');
    const none = account
      .given(one.history)
      .when(unlockOrder('4', { authority: taxOffice }))
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-2' } },
        { type: 'AccountUnlocked', data: { seq: 2 } },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_UNLOCKED' } },
        answered('UNLOCKED', ['ground-2'], 'lock-order-4'),
      ]);
    expect(none.view.status).toBe('ACTIVE');
    expect(none.state.lockedAt).toBeUndefined();
  });
  it('on the same document by the same authority is held already, whatever its term', () => {
    having(lockOrder('1'))
      .when(lockOrder('1', { until: '2025-06-01T00:00:00.000Z' }, 2))
      .then([answered('ALREADY_HELD', ['ground-1'], 'lock-order-1', 2)]);
  });
  it.each([
    ['another document', lockOrder('2')],
    ['another authority on a document of the same number', lockOrder('1', { authority: taxOffice })],
    ['another ground of the same authority', lockOrder('1', { code: 'COMPETENT_AUTHORITY_REQUEST' })],
  ])('on %s is another ground', (_, command) => {
    having(lockOrder('1'))
      .when(command)
      .then([{ type: 'LockGroundPlaced' }, { type: 'NoticeOrdered' }, { type: 'OrderAnswered' }]);
  });
  it('on an account that its owner locked stands beside the owner’s ground', () => {
    const both = having(lockOwn, lockOrder('1'));
    both
      .when(askAccount(people.registrant, 'UnlockOwnAccount'))
      .then([{ type: 'LockGroundLifted', data: { groundId: 'ground-1', why: 'OWNER' } }]);
    both
      .when(unlockOrder('2'))
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-2', why: 'AUTHORITY' } },
        answered('GROUND_LIFTED', ['ground-2'], 'lock-order-2'),
      ]);
  });
  it.each(['SERVICE_USER_REQUEST', 'OWNER_REQUEST', 'DISSOLVED', 'TERMS_VIOLATION'] as const)(
    'on ground %s, which is disabled or no authority’s to place, is answered as disabled',
    (code) => {
      const { state } = account
        .active()
        .when(lockOrder('1', { code }))
        .then([answered('GROUND_DISABLED')]);
      expect(state.grounds).toEqual([]);
    },
  );
  it('on a ground that the policy enables is carried out, and what the ground says stays when the policy changes', () => {
    const lockGrounds = decree.lockGrounds.map((rule) => ({ ...rule, enabled: true }));
    const open = accounts(decreeWith({ lockGrounds }));
    const { history } = open
      .active()
      .when(lockOrder('1', { code: 'SERVICE_USER_REQUEST' }))
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-1']),
      ]);
    account
      .given(history)
      .when(unlockOrder('2'))
      .then([
        { type: 'LockGroundLifted' },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered' },
        answered('UNLOCKED', ['ground-1'], 'lock-order-2'),
      ]);
  });
  it('is not how a ground comes that the system itself records', () => {
    ruled(tax.code, { mode: 'AUTOMATIC' })
      .active()
      .when(lockOrder('1', tax))
      .then([answered('GROUND_DISABLED')]);
  });
  it('on a ground that nobody lifts has no term and no way back', () => {
    const until = '2025-06-01T00:00:00.000Z';
    const { state } = ruled(tax.code, { liftedBy: 'NOBODY' })
      .active()
      .when(lockOrder('1', { ...tax, until }))
      .then([
        { type: 'LockGroundPlaced', data: { ground: { until: undefined } } },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-1']),
      ]);
    expect(liftable(state, () => true, { why: 'TERM_ENDED' })).toEqual([]);
  });
  it('whose term has passed when it arrives locks, and its term lifts it at once', () => {
    const until = '2025-03-10T01:30:00.000Z';
    const { state, history } = account
      .active()
      .when(lockOrder('1', { until }), RECEIVED)
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-1']),
      ]);
    expect(state.grounds).toHaveLength(1);
    account
      .given(history)
      .when(askAccount(people.system, 'EndTerm', { groundId: 'ground-1' }), RECEIVED)
      .then([
        { type: 'LockGroundLifted', data: { why: 'TERM_ENDED' } },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered' },
      ]);
  });
});

describe('an order to unlock', () => {
  it('lifts every ground of its authority, or the one whose document it names', () => {
    const three = having(lockOrder('1'), lockOrder('2'), lockOrder('3', tax));
    three
      .when(unlockOrder('4'))
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-1' } },
        { type: 'LockGroundLifted', data: { groundId: 'ground-2' } },
        answered('GROUND_LIFTED', ['ground-1', 'ground-2'], 'lock-order-4'),
      ]);
    three
      .when(unlockOrder('4', { liftsDocument: '2' }))
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-2' } },
        answered('GROUND_LIFTED', ['ground-2'], 'lock-order-4'),
      ]);
    three
      .when(unlockOrder('4', { liftsDocument: '3' }))
      .then([answered('NOTHING_TO_LIFT', [], 'lock-order-4')]);
  });
  it('of one authority leaves the ground of another alone, unless the policy lets any authority lift', () => {
    const order = unlockOrder('2', { authority: taxOffice });
    having(lockOrder('1'))
      .when(order)
      .then([answered('NOTHING_TO_LIFT', [], 'lock-order-2')]);
    const any = accounts(decreeWith({ authorityLift: 'ANY_AUTHORITY' }));
    any
      .given(having(lockOrder('1')).history)
      .when(order)
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-1', why: 'AUTHORITY' } },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered' },
        answered('UNLOCKED', ['ground-1'], 'lock-order-2'),
      ]);
  });
  it('never lifts an owner’s ground or C06’s, not even where any authority lifts', () => {
    const any = accounts(decreeWith({ authorityLift: 'ANY_AUTHORITY' }));
    const violation = askAccount(people.proposer, 'LockForTermsViolation', { note: 'cho thuê tài khoản' });
    any
      .given(having(lockOwn, violation).history)
      .when(unlockOrder('1'))
      .then([answered('NOTHING_TO_LIFT')]);
  });
  it('on an account that is not locked finds nothing to lift', () => {
    account
      .active()
      .when(unlockOrder('1'))
      .then([answered('NOTHING_TO_LIFT')]);
  });
  it('that overtakes the lock finds nothing, and the lock that comes after it holds', () => {
    const { view } = having(unlockOrder('2'))
      .when(lockOrder('1'))
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-1']),
      ]);
    expect(view.status).toBe('LOCKED');
  });
  it('that comes after the lock undoes it, and a new order locks anew under the next number', () => {
    const { state } = having(lockOrder('1'), unlockOrder('2'))
      .when(lockOrder('3'))
      .then([
        { type: 'LockGroundPlaced', data: { ground: { id: 'ground-2' } } },
        { type: 'AccountLocked', data: { seq: 3 } },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-2'], 'lock-order-3'),
      ]);
    expect(state).toMatchObject({ seq: 3, groundsPlaced: 2 });
  });
});

describe('an order of any kind', () => {
  it.each([lockOrder('1'), unlockOrder('1')])(
    'is answered by nobody where there is no account',
    (command) => {
      account.fresh().when(command).thenNothing();
    },
  );
  it('comes from the system alone', () => {
    account
      .active()
      .when({ ...lockOrder('1'), actor: people.director })
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'ApplyOrder' });
  });
  it('may come before activation', () => {
    const { state, view } = account
      .opened()
      .when(lockOrder('1'))
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked', data: { seq: 1, activationClock: 'PAUSES' } },
        { type: 'NoticeOrdered' },
        answered('LOCKED', ['ground-1']),
      ]);
    expect(state).toMatchObject({ stream: ACCOUNT, status: 'ISSUED' });
    expect(view.status).toBe('LOCKED');
  });
});
