import { describe, expect, it } from 'vitest';
import type { AccountCommand } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { LockGroundCode, LockGroundRule } from '../../schemas/lock.ts';
import { accounts, lockOrder, RECEIVED } from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { c06, officer, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { accountDeadline, accountEffects } from './view.ts';

const { registrant, stranger, proposer, director, callCentre, system, head } = people;
const account = accounts(decree);
const until = '2025-03-20T02:00:00.000Z';
const lock = askAccount(registrant, 'LockOwnAccount', { note: 'mất điện thoại' });
const lockUntil = askAccount(registrant, 'LockOwnAccount', { until });
const unlock = askAccount(registrant, 'UnlockOwnAccount', { note: 'đã tìm lại' });
const violation = askAccount(proposer, 'LockForTermsViolation', { note: 'cho thuê tài khoản' });
const putRight = askAccount(director, 'LiftTermsViolation', { note: 'đã khắc phục' });
const endTerm = (groundId = 'ground-1') => askAccount(system, 'EndTerm', { groundId });
const having = (...commands: CommandOf<AccountCommand>[]) =>
  account.given(
    account.played(
      commands.map((command) => ({ command })),
      account.active().history,
    ),
  );
const withRule = (code: LockGroundCode, part: Partial<LockGroundRule>) =>
  accounts(
    decreeWith({
      lockGrounds: decree.lockGrounds.map((rule) => (rule.code === code ? { ...rule, ...part } : rule)),
    }),
  );
const locked = [{ type: 'LockGroundPlaced' }, { type: 'AccountLocked' }, { type: 'NoticeOrdered' }] as const;
const unlocked = [
  { type: 'LockGroundLifted' },
  { type: 'AccountUnlocked' },
  { type: 'NoticeOrdered' },
] as const;

describe('the owner', () => {
  it('locks the own account and unlocks it again', () => {
    const { history, view } = account
      .active()
      .when(lock)
      .then([
        {
          type: 'LockGroundPlaced',
          data: {
            ground: {
              code: 'OWNER_REQUEST',
              authority: { id: registrant.id, name: registrant.name },
              liftedBy: 'OWNER',
              note: 'mất điện thoại',
            },
          },
        },
        { type: 'AccountLocked', data: { seq: 1 } },
        {
          type: 'NoticeOrdered',
          data: { template: 'ACCOUNT_LOCKED', values: { ground: 'OWNER_REQUEST', note: 'mất điện thoại' } },
        },
      ]);
    expect(view).toMatchObject({ status: 'LOCKED', claims: ['code:0900000011', 'number:10000000001'] });
    const { view: free } = account
      .given(history)
      .when(unlock)
      .then([
        {
          type: 'LockGroundLifted',
          data: { groundId: 'ground-1', code: 'OWNER_REQUEST', why: 'OWNER', note: 'đã tìm lại' },
        },
        { type: 'AccountUnlocked', data: { seq: 2 } },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_UNLOCKED' } },
      ]);
    expect(free.status).toBe('ACTIVE');
    expect(free.waits[0]).toMatchObject({ owner: registrant.name, what: 'USE' });
  });
  it('alone does so', () => {
    for (const actor of [stranger, proposer, director, system]) {
      account
        .active()
        .when({ ...lock, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'owner' });
      having(lock)
        .when({ ...unlock, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'owner' });
    }
  });
  it('hears that the account is locked already, so that no new note or term is lost', () => {
    having(lock).when(lockUntil).thenRefused('EID_ERR_OUT_OF_PLACE', { groundId: 'ground-1' });
  });
  it('sets a term only in the future', () => {
    account.active().when(lockUntil, '2025-03-20T01:59:59.999Z').then(locked);
    account
      .active()
      .when(lockUntil, until)
      .thenRefused('EID_ERR_SHAPE', { fields: [{ field: 'until' }] });
  });
  it('lifts nobody else’s ground', () => {
    const others = having(violation, lockOrder('1'));
    others.when(unlock).thenRefused('EID_ERR_GROUND_NOT_HELD', {
      held: [
        { code: 'TERMS_VIOLATION', liftedBy: 'C06' },
        { code: 'PROCEEDING_AGENCY_REQUEST', liftedBy: 'AUTHORITY' },
      ],
    });
    account.active().when(unlock).thenRefused('EID_ERR_GROUND_NOT_HELD', { held: [] });
  });
  it('of today lifts what the owner of yesterday placed', () => {
    const owner = { id: people.binh.id, name: people.binh.name };
    const reviewed = { type: 'OwnerReviewed', data: { owner, note: 'đổi người đại diện' } } as const;
    account
      .given([...having(lock).history, reviewed])
      .when({ ...unlock, actor: people.binh })
      .then(unlocked);
  });
  it('may lock where the policy has the ground enabled and as the owner’s to place', () => {
    withRule('OWNER_REQUEST', { enabled: false })
      .active()
      .when(lock)
      .thenRefused('EID_ERR_GROUND_DISABLED', { code: 'OWNER_REQUEST' });
    withRule('OWNER_REQUEST', { placedBy: 'C06' })
      .active()
      .when(lock)
      .thenRefused('EID_ERR_FORBIDDEN', { needed: 'C06' });
  });
  it('may lift what the policy says is the owner’s to lift, as it said when the ground was placed', () => {
    const lenient = withRule('TERMS_VIOLATION', { liftedBy: 'OWNER' });
    const { history } = lenient.active().when(violation).then(locked);
    account.given(history).when(unlock).then(unlocked);
    account.given(history).when(putRight).thenRefused('EID_ERR_GROUND_NOT_HELD');
  });
});

describe('a violation of the terms of use', () => {
  it('is found, and found put right, by officers or the director of C06', () => {
    const { history } = account
      .active()
      .when(violation)
      .then([
        {
          type: 'LockGroundPlaced',
          data: {
            ground: {
              code: 'TERMS_VIOLATION',
              authority: { id: 'C06', name: 'C06' },
              note: 'cho thuê tài khoản',
            },
          },
        },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered', data: { values: { note: 'cho thuê tài khoản' } } },
      ]);
    account
      .given(history)
      .when(putRight)
      .then([
        { type: 'LockGroundLifted', data: { why: 'C06', note: 'đã khắc phục' } },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered' },
      ]);
    account
      .active()
      .when({ ...violation, actor: director })
      .then(locked);
  });
  it('is C06’s alone', () => {
    const elsewhere = officer('o9', ['CAX-LAM-SON', ...c06], 'C06_OFFICER');
    for (const actor of [registrant, callCentre, head, system, elsewhere]) {
      account
        .active()
        .when({ ...violation, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'C06' });
      having(violation)
        .when({ ...putRight, actor })
        .thenRefused('EID_ERR_FORBIDDEN', { needed: 'C06' });
    }
  });
  it('found twice is refused, so that the second finding is not lost', () => {
    having(violation).when(violation).thenRefused('EID_ERR_OUT_OF_PLACE', { why: 'already held' });
  });
  it('is not put right where none stands', () => {
    having(lock)
      .when(putRight)
      .thenRefused('EID_ERR_GROUND_NOT_HELD', { held: [{ code: 'OWNER_REQUEST' }] });
  });
  it('may have a term, in the future', () => {
    const data = { note: 'x', until: RECEIVED };
    account
      .active()
      .when(askAccount(proposer, 'LockForTermsViolation', data), RECEIVED)
      .thenRefused('EID_ERR_SHAPE');
  });
});

describe('a term', () => {
  it('lifts its own ground when it ends, and unlocks when no other is left', () => {
    const own = having(lockUntil);
    expect(accountDeadline(own.state)).toEqual({
      at: Date.parse(until),
      command: { type: 'EndTerm', data: { groundId: 'ground-1' } },
    });
    own
      .when(endTerm(), until)
      .then([
        { type: 'LockGroundLifted', data: { groundId: 'ground-1', why: 'TERM_ENDED' } },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered' },
      ]);
  });
  it('leaves the other grounds, and the account locked', () => {
    const { view, state } = having(lockUntil, lockOrder('1'))
      .when(endTerm(), until)
      .then([{ type: 'LockGroundLifted', data: { groundId: 'ground-1' } }]);
    expect(view.status).toBe('LOCKED');
    expect(accountDeadline(state)).toBeUndefined();
  });
  it('leaves another ground whose term has ended too to that term', () => {
    having(lockUntil, lockOrder('1', { until }))
      .when(endTerm('ground-2'), until)
      .then([{ type: 'LockGroundLifted', data: { groundId: 'ground-2', why: 'TERM_ENDED' } }]);
  });
  it('lifts nothing before its time, twice, of a ground without term, or of one that is gone', () => {
    having(lockUntil).when(endTerm(), '2025-03-20T01:59:59.999Z').thenNothing();
    having(lock).when(endTerm(), until).thenNothing();
    having(lockUntil, unlock).when(endTerm(), until).thenNothing();
    account.active().when(endTerm('ground-7'), until).thenNothing();
    account.fresh().when(endTerm(), until).thenNothing();
    having(lockUntil)
      .when({ ...endTerm(), actor: director }, until)
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('that was lifted before its end does not end the lock that came after it', () => {
    const { view } = having(lockUntil, unlock, lock).when(endTerm(), until).thenNothing();
    expect(view.status).toBe('LOCKED');
  });
  it('of an authority ends as an owner’s does, the earliest first', () => {
    const early = '2025-03-15T00:00:00.000Z';
    const { state } = having(lockUntil, lockOrder('1', { until: early }));
    expect(accountDeadline(state)).toMatchObject({
      at: Date.parse(early),
      command: { data: { groundId: 'ground-2' } },
    });
  });
});

describe('an account that is not there', () => {
  it.each([lock, unlock, violation, putRight])('takes no $type', (command) => {
    account.fresh().when(command).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});

describe('notices of locks', () => {
  it('still matter when the account is active', () => {
    const { state, view } = account.active().when(lock).then(locked);
    expect(accountEffects(state)).toMatchObject([{ input: { template: 'ACCOUNT_LOCKED' } }]);
    expect(view.waits).toMatchObject([{ what: 'LIFT_GROUND' }, { kind: 'CHANNEL', what: 'ACCOUNT_LOCKED' }]);
  });
});
