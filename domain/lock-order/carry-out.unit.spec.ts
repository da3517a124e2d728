import { describe, expect, it } from 'vitest';
import { OrderOutcome } from '../../schemas/lock.ts';
import { askOrder } from '../testing/commands.ts';
import {
  forwarding,
  lockOrders,
  noticeOutcomeOf,
  ORDER,
  orderDecision,
  outcomeOfOrder,
  resolution,
} from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { lockOrderEffects } from './effects.ts';

const order = lockOrders(decree);
const { authority } = people;
const carriedOut = new Set<OrderOutcome>([
  'LOCKED',
  'GROUND_ADDED',
  'ALREADY_HELD',
  'UNLOCKED',
  'GROUND_LIFTED',
]);

describe('an approved order', () => {
  it('tells the account to lock: on which ground, by whose document, until when', () => {
    const until = '2026-01-01T00:00:00.000Z';
    expect(lockOrderEffects(order.approved({ until }).state)).toEqual([
      {
        key: 'carry-out.1',
        kind: 'carryOut',
        input: {
          account: 'account-10000000001',
          round: 1,
          instruction: {
            action: 'LOCK',
            order: ORDER,
            code: 'PROCEEDING_AGENCY_REQUEST',
            authority: { id: authority.id, name: authority.name },
            document: { number: '12/QĐ-VKS', date: '2025-02-28' },
            until,
          },
        },
      },
    ]);
  });
  it('tells the account to unlock: all of the authority’s grounds, or the one that it names', () => {
    const unlock = {
      action: 'UNLOCK',
      order: ORDER,
      authority: { id: authority.id, name: authority.name },
      document: { number: '12/QĐ-VKS', date: '2025-02-28' },
    };
    const [all] = lockOrderEffects(order.approved({ action: 'UNLOCK' }).state);
    expect(all?.input).toMatchObject({ instruction: unlock });
    const [one] = lockOrderEffects(order.approved({ action: 'UNLOCK', liftsDocument: '1/QĐ' }).state);
    expect(one?.input).toMatchObject({ instruction: { ...unlock, liftsDocument: '1/QĐ' } });
  });
  it('is the only one that an account hears of', () => {
    for (const stage of [
      'fresh',
      'returned',
      'received',
      'forwarded',
      'unresolved',
      'carriedOut',
      'refused',
      'withdrawn',
      'ended',
      'closed',
    ] as const) {
      expect(lockOrderEffects(order[stage]().state).filter((e) => e.kind === 'carryOut')).toEqual([]);
    }
  });
  it('is told anew in each round, under a key of its own', () => {
    const { state } = order
      .unresolved()
      .when(resolution('RETRY'))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'LockOrderRetried' }]);
    expect(lockOrderEffects(state)).toMatchObject([{ key: 'carry-out.2', input: { round: 2 } }]);
  });
  it('that names no number has no account, and is a person’s at once', () => {
    const numberless = lockOrders(decreeWith({ lockOrderFields: ['reason'] }));
    const { state, view } = numberless
      .forwarded({ number: undefined })
      .when(orderDecision('APPROVE'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'LockOrderApproved' },
        { type: 'OrderOutcomeRecorded', data: { round: 1, outcome: 'NO_ACCOUNT' } },
        { type: 'TaskOpened', data: { kind: 'RESOLVE_ORDER' } },
      ]);
    expect(state.status).toBe('UNRESOLVED');
    expect(view.title).toBe('Công ty TNHH Sao Mai: LOCK');
    expect(lockOrderEffects(state)).toEqual([]);
  });
});

describe('the account’s answer', () => {
  it.each(OrderOutcome.options.filter((outcome) => carriedOut.has(outcome)))(
    '%s carries the order out, and the authority is told',
    (outcome) => {
      const { state } = order
        .approved()
        .when(outcomeOfOrder(outcome))
        .then([
          { type: 'OrderOutcomeRecorded', data: { round: 1, outcome } },
          {
            type: 'NoticeOrdered',
            data: {
              template: 'LOCK_ORDER_CARRIED_OUT',
              to: { id: authority.id },
              values: {
                outcome,
                organisation: 'Công ty TNHH Sao Mai',
                number: '10000000001',
                document: '12/QĐ-VKS, 2025-02-28',
              },
            },
          },
        ]);
      expect(state).toMatchObject({ status: 'CARRIED_OUT', outcome });
    },
  );
  it.each(OrderOutcome.options.filter((outcome) => !carriedOut.has(outcome)))(
    '%s leaves the order to an officer of C06',
    (outcome) => {
      const { state, view } = order
        .approved()
        .when(outcomeOfOrder(outcome))
        .then([
          { type: 'OrderOutcomeRecorded', data: { outcome } },
          { type: 'TaskOpened', data: { taskId: 'resolve-order-1', role: 'C06_OFFICER', unit: 'C06' } },
        ]);
      expect(state).toMatchObject({ status: 'UNRESOLVED', outcome });
      expect(view).toMatchObject({ closed: false, waits: [{ kind: 'TASK', owner: 'C06' }] });
    },
  );
  it('to another round, twice, or out of place changes nothing', () => {
    order.approved().when(outcomeOfOrder('LOCKED', 2)).thenNothing();
    for (const stage of [
      'fresh',
      'returned',
      'received',
      'forwarded',
      'unresolved',
      'carriedOut',
      'refused',
      'closed',
    ] as const) {
      order[stage]().when(outcomeOfOrder('LOCKED')).thenNothing();
    }
  });
  it('is the system’s to record', () => {
    for (const actor of [people.director, people.proposer, authority]) {
      order
        .approved()
        .when({ ...outcomeOfOrder('LOCKED'), actor })
        .thenRefused('EID_ERR_FORBIDDEN');
    }
  });
});

describe('an order that has ended', () => {
  it('closes when its notice is delivered', () => {
    for (const stage of ['carriedOut', 'refused', 'withdrawn', 'ended'] as const) {
      const { view } = order[stage]()
        .when(noticeOutcomeOf('notice1', 1, 'DELIVERED'))
        .then([{ type: 'NoticeDelivered' }]);
      expect(view).toMatchObject({ closed: true, waits: [], overdue: false });
    }
  });
  it('closes without the notice of an earlier return, whose delivery nobody needs any more', () => {
    const undelivered = order.after(
      order.file({ document: undefined }),
      noticeOutcomeOf('notice1', 1, 'FAILED'),
      noticeOutcomeOf('notice1', 2, 'FAILED'),
    );
    const { history } = undelivered
      .when(order.withdrawal)
      .then([
        { type: 'TaskCancelled', data: { taskId: 'deliver-notice-1' } },
        { type: 'LockOrderWithdrawn' },
        { type: 'NoticeOrdered' },
      ]);
    const { view } = order
      .given(history)
      .when(noticeOutcomeOf('notice2', 1, 'DELIVERED'))
      .then([{ type: 'NoticeDelivered' }]);
    expect(view.closed).toBe(true);
  });
  it('whose notice no channel takes is delivered by the call centre, and closes then', () => {
    const failed = order.played(
      [1, 2].map((turn) => ({ command: noticeOutcomeOf('notice1', turn, 'FAILED') })),
      order.refused().history,
    );
    const data = { taskId: 'deliver-notice-1', action: 'HANDED_OVER' as const, note: 'Đã gửi công văn' };
    order
      .given(failed)
      .when(askOrder(people.proposer, 'ResolveNotice', data))
      .thenRefused('EID_ERR_FORBIDDEN');
    const { view } = order
      .given(failed)
      .when(askOrder(people.callCentre, 'ResolveNotice', data))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'NoticeHandedOver' }]);
    expect(view.closed).toBe(true);
  });
  it('answers everything with EID_ERR_CASE_CLOSED', () => {
    const closed = order.closed();
    const taskId = 'forward-order-1';
    const notice = { taskId: 'deliver-notice-1', action: 'RETRY' as const, note: '' };
    for (const command of [
      askOrder(people.head, 'ClaimTask', { taskId }),
      askOrder(people.callCentre, 'ResolveNotice', notice),
      forwarding(),
      orderDecision('APPROVE'),
      resolution('END'),
      order.withdrawal,
    ]) {
      closed.when(command).thenRefused('EID_ERR_CASE_CLOSED', { status: 'CARRIED_OUT' });
    }
  });
});
