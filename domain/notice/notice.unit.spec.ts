import { describe, expect, it } from 'vitest';
import type { NoticeChannel } from '../../schemas/enums.ts';
import type { Notice } from '../../schemas/notice.ts';
import { QuestionId } from '../../schemas/registry.ts';
import { accountEffects } from '../account/view.ts';
import { registrationEffects } from '../registration/effects.ts';
import { ACCOUNT, accounts, outcomeOf, RECEIVED } from '../testing/accounts.ts';
import { ask, askAccount } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { filing, requests } from '../testing/requests.ts';
import { addressOn, evolveNotices, orderNotice, withoutOldNotices } from './notice.ts';

const { callCentre, registrant, proposer, system } = people;
const account = accounts(decree);
const request = requests(decree);
const keys = (state: Parameters<typeof accountEffects>[0]) =>
  accountEffects(state).map((effect) => effect.key);
const taskId = 'deliver-notice-1';
const resolve = (action: 'RETRY' | 'HANDED_OVER', id = taskId) =>
  askAccount(callCentre, 'ResolveNotice', { taskId: id, action, note: 'đã gọi điện' });

describe('a notice', () => {
  it('is ordered on the channels that reach the person, in the policy’s order', () => {
    const lan = { id: 'vn-lan', name: 'Lan', mobile: '0900000001', email: 'lan@example.vn' };
    const channels = (to: typeof lan | { id: string; name: string }, noticeChannels: NoticeChannel[]) =>
      orderNotice([], 'ACCOUNT_ISSUED', to, {}, { noticeChannels }).data.channels;
    expect(channels(lan, ['VNEID', 'SMS', 'EMAIL'])).toEqual(['VNEID', 'SMS', 'EMAIL']);
    expect(channels(lan, ['EMAIL', 'VNEID'])).toEqual(['EMAIL', 'VNEID']);
    expect(channels({ id: 'vn-lan', name: 'Lan' }, ['SMS', 'EMAIL', 'VNEID'])).toEqual(['VNEID']);
  });
  it('goes to the address of its channel', () => {
    const to = { id: 'vn-lan', name: 'Lan', mobile: '0900000001', email: 'lan@example.vn' };
    expect((['VNEID', 'SMS', 'EMAIL'] as const).map((channel) => addressOn(channel, to))).toEqual([
      'vn-lan',
      '0900000001',
      'lan@example.vn',
    ]);
  });
  it('is sent on its first channel, and somebody is waited for', () => {
    const { state } = account.opened();
    expect(accountEffects(state)).toMatchObject([
      {
        key: `${ACCOUNT}.notice1.1`,
        kind: 'notify',
        input: {
          channel: 'VNEID',
          template: 'ACCOUNT_ISSUED',
          to: { name: registrant.name, address: registrant.id },
          values: { number: '10000000001', callCentre: decree.callCentre },
        },
      },
    ]);
  });
  it('that was delivered says where and when', () => {
    account
      .opened()
      .when(outcomeOf('notice1', 1, 'DELIVERED', RECEIVED), '2025-03-10T03:00:00.000Z')
      .then([
        { type: 'NoticeDelivered', data: { channel: 'VNEID', receivedAt: RECEIVED } },
        { type: 'ActivationPeriodStarted' },
      ]);
  });
  it('is never received in the future, and now when the channel does not say', () => {
    const now = '2025-03-10T03:00:00.000Z';
    for (const at of [undefined, '2025-03-11T00:00:00.000Z']) {
      account
        .opened()
        .when(outcomeOf('notice1', 1, 'DELIVERED', at), now)
        .then([{ type: 'NoticeDelivered', data: { receivedAt: now } }, { type: 'ActivationPeriodStarted' }]);
    }
  });
  it('that a channel did not deliver goes to the next', () => {
    const { state, history, view } = account
      .opened()
      .when(outcomeOf('notice1', 1, 'FAILED'))
      .then([{ type: 'NoticeChannelFailed', data: { channel: 'VNEID', detail: 'FAILED' } }]);
    expect(accountEffects(state)).toMatchObject([
      { key: `${ACCOUNT}.notice1.2`, input: { channel: 'SMS', to: { address: '0900000001' } } },
    ]);
    expect(view.waits).toMatchObject([{}, { kind: 'CHANNEL', owner: 'SMS' }]);
    account
      .given(history)
      .when(outcomeOf('notice1', 1, 'DELIVERED'))
      .thenNothing();
    account
      .given(history)
      .when(outcomeOf('notice1', 2, 'DELIVERED'))
      .then([{ type: 'NoticeDelivered', data: { channel: 'SMS' } }, { type: 'ActivationPeriodStarted' }]);
  });
  it('that no channel delivered becomes somebody’s task', () => {
    const first = account.played([{ command: outcomeOf('notice1', 1, 'FAILED') }], account.opened().history);
    const { state, view } = account
      .given(first)
      .when(outcomeOf('notice1', 2, 'FAILED'))
      .then([
        { type: 'NoticeChannelFailed', data: { channel: 'SMS' } },
        { type: 'NoticeUndeliverable', data: { noticeId: 'notice1' } },
        {
          type: 'TaskOpened',
          data: { taskId, kind: 'DELIVER_NOTICE', about: 'notice1', role: 'CALL_CENTRE', unit: 'C06' },
        },
      ]);
    expect(keys(state)).toEqual([]);
    expect(view.waits).toMatchObject([
      { what: 'ACTIVATE' },
      { kind: 'TASK', owner: 'C06', what: 'DELIVER_NOTICE' },
    ]);
  });
  it('to somebody whom no channel reaches is a task from the start', () => {
    const mail = accounts(decreeWith({ noticeChannels: ['EMAIL'] }));
    mail
      .fresh()
      .when(mail.open())
      .then([
        { type: 'AccountOpened' },
        { type: 'NoticeOrdered', data: { channels: [] } },
        { type: 'NoticeUndeliverable' },
        { type: 'TaskOpened', data: { kind: 'DELIVER_NOTICE' } },
      ]);
    mail.opened().when(resolve('RETRY')).thenRefused('EID_ERR_OUT_OF_PLACE', { why: 'no channel' });
    mail
      .opened()
      .when(resolve('HANDED_OVER'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'NoticeHandedOver' },
        { type: 'ActivationPeriodStarted' },
      ]);
  });
  it('is tried anew on every channel, under questions of their own', () => {
    const { history, state } = account
      .undelivered()
      .when(resolve('RETRY'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'NoticeRetried', data: { noticeId: 'notice1' } },
      ]);
    expect(keys(state)).toEqual([`${ACCOUNT}.notice1.4`]);
    const again = account
      .given(history)
      .when(outcomeOf('notice1', 4, 'FAILED'))
      .then([{ type: 'NoticeChannelFailed' }]);
    expect(keys(again.state)).toEqual([`${ACCOUNT}.notice1.5`]);
    account
      .given(history)
      .when(outcomeOf('notice1', 1, 'DELIVERED'))
      .thenNothing();
    for (const key of [...keys(state), ...keys(again.state)])
      expect(QuestionId.safeParse(key).success).toBe(true);
  });
  it('is handed over by a person who says how: from then it is received', () => {
    const at = '2025-03-12T02:00:00.000Z';
    const { state } = account
      .undelivered()
      .when(resolve('HANDED_OVER'), at)
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'NoticeHandedOver', data: { note: 'đã gọi điện', at } },
        { type: 'ActivationPeriodStarted', data: { period: { noticeReceivedAt: at } } },
      ]);
    expect(state.notices[0]?.status).toBe('HANDED_OVER');
  });
  it('is resolved by the call centre, once, where there is one to resolve', () => {
    account
      .undelivered()
      .when({ ...resolve('RETRY'), actor: proposer })
      .thenRefused('EID_ERR_FORBIDDEN');
    account.opened().when(resolve('RETRY')).thenRefused('EID_ERR_TASK_UNKNOWN');
    account.fresh().when(resolve('RETRY')).thenRefused('EID_ERR_CASE_UNKNOWN');
    const { history } = account
      .undelivered()
      .when(resolve('RETRY'))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'NoticeRetried' }]);
    account.given(history).when(resolve('RETRY')).thenRefused('EID_ERR_TASK_CLOSED');
  });
  it('has its outcome from the system alone', () => {
    account
      .opened()
      .when({ ...outcomeOf('notice1', 1, 'DELIVERED'), actor: registrant })
      .thenRefused('EID_ERR_FORBIDDEN');
    const outcome = ask(registrant, 'RecordNoticeOutcome', {
      orderId: 'registration-1.notice1.1',
      outcome: 'DELIVERED',
    });
    request.returned().when(outcome).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('of another case, or that was never ordered, changes nothing', () => {
    const outcome = (orderId: string) =>
      askAccount(system, 'RecordNoticeOutcome', { orderId, outcome: 'DELIVERED' });
    for (const orderId of ['account-2.notice1.1', `${ACCOUNT}.notice2.1`, `${ACCOUNT}.notice1.2`])
      account.opened().when(outcome(orderId)).thenNothing();
    account
      .fresh()
      .when(outcome(`${ACCOUNT}.notice1.1`))
      .thenNothing();
  });
});

describe('a notice of a request', () => {
  const outcome = (order: number, result: 'DELIVERED' | 'FAILED', notice = 'notice1') =>
    ask(system, 'RecordNoticeOutcome', { orderId: `registration-1.${notice}.${order}`, outcome: result });
  it('of its refusal keeps the request open until it is delivered', () => {
    expect(
      request
        .refused()
        .when(outcome(1, 'FAILED'))
        .then([{ type: 'NoticeChannelFailed' }]).view.closed,
    ).toBe(false);
    const { view, state } = request
      .refused()
      .when(outcome(1, 'DELIVERED'))
      .then([{ type: 'NoticeDelivered' }]);
    expect(view).toMatchObject({ status: 'REFUSED', closed: true, waits: [] });
    expect(registrationEffects(state)).toEqual([]);
  });
  it('of its refusal that nobody could deliver is handed over by the call centre', () => {
    const failed = [1, 2, 3].map((order) => ({ command: outcome(order, 'FAILED') }));
    const lost = request.given(request.played(failed, request.refused().history));
    const hand = ask(callCentre, 'ResolveNotice', { taskId, action: 'HANDED_OVER', note: 'gửi văn bản' });
    const { view } = lost
      .when(hand)
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'NoticeHandedOver' }]);
    expect(view.closed).toBe(true);
    expect(
      lost
        .when(ask(callCentre, 'ResolveNotice', { taskId, action: 'RETRY', note: 'thử lại' }))
        .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'NoticeRetried' }]).view.closed,
    ).toBe(false);
  });
  it('that was returned is no longer wanted once the request has ended, and its outcome changes nothing', () => {
    const withdrawn = request.given(
      request.played([{ command: ask(registrant, 'WithdrawRequest') }], request.returned().history),
    );
    expect(registrationEffects(withdrawn.state)).toEqual([]);
    withdrawn.when(outcome(1, 'DELIVERED')).thenNothing();
    withdrawn.when(outcome(1, 'FAILED')).thenNothing();
  });
  it('goes on beside the work that the registrant does meanwhile', () => {
    const form = { dossier: dossier(), jurisdiction: filing().jurisdiction };
    const back = request.played(
      [{ command: ask(registrant, 'ResubmitRequest', form) }],
      request.returned().history,
    );
    expect(registrationEffects(request.given(back).state).map((effect) => effect.kind)).toEqual([
      'askRegistry',
      'askRegistry',
      'askRegistry',
      'notify',
    ]);
    request
      .given(back)
      .when(outcome(1, 'DELIVERED'))
      .then([{ type: 'NoticeDelivered' }]);
  });
});

describe('old notices', () => {
  const at = RECEIVED;
  const by = { id: 'system', name: 'Org eID' };
  const to = { id: 'vn-lan', name: 'Lan' };
  const ordered = (notices: Notice[]): Notice[] =>
    evolveNotices(notices, { ...orderNotice(notices, 'ACCOUNT_LOCKED', to, {}, decree), at, by });
  const delivered = (notices: Notice[], noticeId: string): Notice[] =>
    evolveNotices(notices, {
      type: 'NoticeDelivered',
      data: { noticeId, channel: 'VNEID', receivedAt: at },
      at,
      by,
    });
  const four = [1, 2, 3, 4].reduce<Notice[]>(ordered, []);
  const ids = (notices: readonly Notice[]) => notices.map(({ id }) => id);
  it('are forgotten when newer ones are settled, those under way never', () => {
    const settled = ['notice1', 'notice3', 'notice4'].reduce(delivered, four);
    expect(ids(withoutOldNotices(settled, 1))).toEqual(['notice2', 'notice4']);
    expect(withoutOldNotices(four, 1)).toBe(four);
  });
  it('leave the newest, so that the next has an id of its own', () => {
    const settled = ids(four).reduce(delivered, four);
    expect(ids(ordered(withoutOldNotices(settled, 0)))).toEqual(['notice4', 'notice5']);
  });
});
