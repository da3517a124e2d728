import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../schemas/actor.ts';
import { change, informed, march, take } from '../../testing/changes.ts';
import { askAccount } from '../../testing/commands.ts';
import { people } from '../../testing/people.ts';
import { decree, decreeWith } from '../../testing/policy.spec.ts';

const { registrant, stranger, binh, system, director, proposer, proposer2, desk } = people;
const account = informed(decree);
const open = (state: { tasks: readonly { id: string; status: string; about?: string | undefined }[] }) =>
  state.tasks.filter(({ status }) => status === 'OPEN').map(({ id, about }) => [id, about]);
const dissolved = change('dissolved', { status: 'DISSOLVED', changedAt: march(15) });

describe('a change of legal representative', () => {
  const newHead = change('new-head', {
    values: { representative_name: 'Trần Văn Bình', representative_id: '033190000002' },
  });
  const review = (actor: Actor, taskId: string, owner?: { id: string; name: string }) =>
    askAccount(actor, 'ReviewOwner', { taskId, note: 'đã xác minh', ...(owner ? { owner } : {}) });

  it('is in the identity at once, and C06 finds out who the owner is now', () => {
    const { state, view } = account
      .taken()
      .when(take(newHead))
      .then([
        { type: 'InformationChanged' },
        { type: 'NoticeOrdered', data: { values: { fields: 'representative_name,representative_id' } } },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'review-owner-1',
            kind: 'REVIEW_OWNER',
            about: 'new-head',
            role: 'C06_OFFICER',
            unit: 'C06',
          },
        },
      ]);
    expect(state.identity?.representative).toEqual({
      ...{ name: 'Trần Văn Bình', number: '033190000002', nationality: 'VN' },
    });
    expect(view.waits.map(({ what }) => what)).toContain('REVIEW_OWNER');
    expect(state).toMatchObject({ grounds: [], owner: { id: registrant.id } });
  });
  it('is the work of one open task, however many come', () => {
    const next = change('next', { values: { representative_name: 'Lê Thị Chi' }, changedAt: march(12) });
    const { state, history } = account.taken(newHead, next);
    expect(open(state)).toEqual([['review-owner-1', 'new-head']]);
    const reviewed = account.played([{ command: review(proposer, 'review-owner-1') }], history);
    const third = change('third', { values: { representative_name: 'Ai Đó' }, changedAt: march(13) });
    expect(
      open(
        account
          .given(reviewed)
          .when(take(third))
          .then([
            { type: 'InformationChanged' },
            { type: 'NoticeOrdered' },
            { type: 'TaskOpened', data: { taskId: 'review-owner-2' } },
          ]).state,
      ),
    ).toEqual([['review-owner-2', 'third']]);
  });
  it('asks nobody where the policy does not, or where it is no news', () => {
    informed(decreeWith({ representativeChange: 'NONE' }))
      .taken()
      .when(take(newHead))
      .then([{ type: 'InformationChanged' }, { type: 'NoticeOrdered' }]);
    const same = change('same', { values: { representative_id: '033190000001' } });
    account
      .taken()
      .when(take(same))
      .then([{ type: 'InformationChanged' }]);
    const behind = { ...newHead, registry: 'TAX' as const };
    const confirmed = change('confirmed', { values: { representative_name: registrant.name } });
    account
      .taken(confirmed)
      .when(take(behind))
      .then([{ type: 'InformationChanged' }]);
  });
  it('may give the account to another owner, whose it is from then on', () => {
    const { state, history } = account
      .taken(newHead)
      .when(review(proposer, 'review-owner-1', { id: binh.id, name: binh.name }))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'OwnerReviewed', data: { owner: { id: binh.id, name: binh.name }, note: 'đã xác minh' } },
      ]);
    expect(state.owner).toEqual({ id: binh.id, name: binh.name });
    const activate = askAccount(registrant, 'ActivateAccount');
    account.given(history).when(activate).thenRefused('EID_ERR_FORBIDDEN', { needed: 'owner' });
    account
      .given(history)
      .when({ ...activate, actor: binh })
      .then([{ type: 'AccountActivated' }]);
  });
  it('may leave it with the owner there is', () => {
    const { state } = account
      .taken(newHead)
      .when(review(proposer, 'review-owner-1'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'OwnerReviewed', data: { owner: undefined } },
      ]);
    expect(state.owner?.id).toBe(registrant.id);
  });
  it('is looked at by an officer of C06, once', () => {
    for (const actor of [registrant, desk, director])
      account.taken(newHead).when(review(actor, 'review-owner-1')).thenRefused('EID_ERR_FORBIDDEN');
    account.taken(newHead).when(review(proposer, 'review-owner-9')).thenRefused('EID_ERR_TASK_UNKNOWN');
    const { history } = account.taken(newHead);
    const reviewed = account.played([{ command: review(proposer, 'review-owner-1') }], history);
    account.given(reviewed).when(review(proposer2, 'review-owner-1')).thenRefused('EID_ERR_TASK_CLOSED');
  });
  it('does not matter any more once the organisation is dissolved', () => {
    account
      .taken(newHead, dissolved)
      .when(review(proposer, 'review-owner-1'))
      .thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
  });
});

describe('a change whose new code another organisation holds', () => {
  const taken = change('taken', { values: { enterprise_code: '0900000099' } });
  const note = (held = taken, actor: Actor = system) =>
    askAccount(actor, 'NoteChangeConflict', {
      change: held,
      key: 'code:0900000099',
      heldBy: 'account-10000000002',
    });
  const resolve = (actor: Actor, taskId: string) =>
    askAccount(actor, 'ResolveChangeConflict', { taskId, note: 'đã báo cơ quan đăng ký' });
  const noted = () => account.given(account.played([{ command: note(), at: account.at }], account.opened));

  it('is noted with whom it meets, changes nothing, and is a task of C06', () => {
    const { state } = account
      .taken()
      .when(note())
      .then([
        {
          type: 'ChangeConflictNoted',
          data: { changeId: 'taken', key: 'code:0900000099', heldBy: 'account-10000000002' },
        },
        { type: 'TaskOpened', data: { kind: 'REVIEW_CHANGE', about: 'taken', role: 'C06_OFFICER' } },
      ]);
    expect(state.identity?.enterpriseCode).toBe('0900000011');
    expect(state.organisationKeys).toEqual(['code:0900000011']);
  });
  it('is noted once while somebody has it in hand; another one stands beside it', () => {
    noted().when(note()).thenNothing();
    noted()
      .when(note({ ...taken, id: 'taken-2' }))
      .then([{ type: 'ChangeConflictNoted' }, { type: 'TaskOpened', data: { about: 'taken-2' } }]);
  });
  it('is resolved by a person, with what was done; met again after that it is not lost', () => {
    const { state, history } = noted()
      .when(resolve(proposer, 'review-change-1'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'ChangeConflictResolved', data: { changeId: 'taken', note: 'đã báo cơ quan đăng ký' } },
      ]);
    expect(open(state)).toEqual([]);
    account
      .given(history)
      .when(note())
      .then([{ type: 'ChangeConflictNoted' }, { type: 'TaskOpened', data: { taskId: 'review-change-2' } }]);
  });
  it('is told by the system alone and resolved by C06 alone', () => {
    account.taken().when(note(taken, director)).thenRefused('EID_ERR_FORBIDDEN');
    noted().when(resolve(registrant, 'review-change-1')).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('is nothing to an account that is not there, or has ended', () => {
    account.given([]).when(note()).thenNothing();
    account.taken(dissolved).when(note()).thenNothing();
  });
});

describe('an end that the owner declares', () => {
  const other = informed(decree, { category: 'OTHER_ORG' });
  const declare = (actor: Actor = registrant, code: 'DISSOLVED' | 'OPERATION_CEASED' = 'DISSOLVED') =>
    askAccount(actor, 'DeclareEnd', { code, note: 'câu lạc bộ đã giải thể' });
  const resolve = (actor: Actor, accepted: boolean) =>
    askAccount(actor, 'ResolveEndDeclaration', { taskId: 'review-end-1', accepted, note: 'đã xem' });
  const declared = (code?: 'DISSOLVED' | 'OPERATION_CEASED') =>
    other.given(other.played([{ command: declare(registrant, code), at: other.at }], other.opened));

  it('locks nothing before C06 has looked at it', () => {
    const { state } = other
      .taken()
      .when(declare())
      .then([
        { type: 'EndDeclared', data: { code: 'DISSOLVED', note: 'câu lạc bộ đã giải thể' } },
        { type: 'TaskOpened', data: { kind: 'REVIEW_END', role: 'C06_OFFICER', unit: 'C06' } },
      ]);
    expect(state.declaredEnd?.code).toBe('DISSOLVED');
    expect(state.grounds).toEqual([]);
  });
  it('is open to organisations that no registry knows, and to their owner', () => {
    for (const actor of [stranger, director, system])
      other.taken().when(declare(actor)).thenRefused('EID_ERR_FORBIDDEN', { needed: 'owner' });
    for (const category of ['ENTERPRISE', 'COOPERATIVE', 'TAXCODE_ORG'] as const)
      informed(decree, { category }).taken().when(declare()).thenRefused('EID_ERR_FORBIDDEN', { category });
    account.taken().when(declare()).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('is declared one at a time', () => {
    declared().when(declare()).thenRefused('EID_ERR_OUT_OF_PLACE', { declaredAt: other.at });
  });
  it('locks the account when it is accepted, on the owner’s word', () => {
    const { state } = declared('OPERATION_CEASED')
      .when(resolve(proposer, true))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'EndDeclarationResolved', data: { code: 'OPERATION_CEASED', accepted: true } },
        {
          type: 'LockGroundPlaced',
          data: {
            ground: {
              code: 'OPERATION_CEASED',
              authority: { id: registrant.id, name: registrant.name },
            },
          },
        },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
      ]);
    expect(state.declaredEnd).toBeUndefined();
  });
  it('ends the account’s life when it is a dissolution', () => {
    const { history } = declared()
      .when(resolve(proposer, true))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'EndDeclarationResolved' },
        { type: 'LockGroundPlaced', data: { ground: { code: 'DISSOLVED', liftedBy: 'NOBODY' } } },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
      ]);
    other.given(history).when(declare()).thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
  });
  it('that is not accepted locks nothing and may be declared again', () => {
    const { state, history } = declared()
      .when(resolve(proposer, false))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'EndDeclarationResolved', data: { accepted: false, note: 'đã xem' } },
      ]);
    expect(state).toMatchObject({ grounds: [] });
    other
      .given(history)
      .when(declare())
      .then([{ type: 'EndDeclared' }, { type: 'TaskOpened' }]);
  });
  it('is looked at by an officer of C06 alone', () => {
    for (const actor of [registrant, desk, director])
      declared().when(resolve(actor, true)).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('is refused where the policy has disabled its ground', () => {
    const lockGrounds = decree.lockGrounds.map((rule) =>
      rule.code === 'DISSOLVED' ? { ...rule, enabled: false } : rule,
    );
    informed(decreeWith({ lockGrounds }), { category: 'OTHER_ORG' })
      .taken()
      .when(declare())
      .thenRefused('EID_ERR_GROUND_DISABLED', { code: 'DISSOLVED' });
  });
});

describe('what people say of an account’s information', () => {
  it.each([
    askAccount(registrant, 'DeclareEnd', { code: 'DISSOLVED', note: 'x' }),
    askAccount(proposer, 'ResolveEndDeclaration', { taskId: 'review-end-1', accepted: true, note: 'x' }),
    askAccount(proposer, 'ResolveChangeConflict', { taskId: 'review-change-1', note: 'x' }),
    askAccount(proposer, 'ReviewOwner', { taskId: 'review-owner-1', note: 'x' }),
  ])('needs an account: $type', (command) => {
    account.given([]).when(command).thenRefused('EID_ERR_CASE_UNKNOWN');
    account.taken(dissolved).when(command).thenRefused('EID_ERR_ACCOUNT_DISSOLVED');
  });
});
