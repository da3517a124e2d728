import { describe, expect, it } from 'vitest';
import { askOrder } from '../testing/commands.ts';
import {
  END_OF_1_WORKING_DAY,
  END_OF_2_WORKING_DAYS,
  FILED,
  forwarding,
  lockOrders,
  orderDecision,
  orderForm,
  outcomeOfOrder,
  resolution,
} from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';

const { desk, head, headElsewhere, authority, director, proposer, callCentre } = people;
const order = lockOrders(decree);
const done = [{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }] as const;
const giveBack = askOrder(head, 'ReturnLockOrder', { taskId: 'forward-order-1', note: 'Thiếu dấu' });

describe('the receiving unit', () => {
  it('forwards an order to C06, which has its own limit from then on', () => {
    const { state, view } = order
      .received()
      .when(askOrder(head, 'ForwardLockOrder', { taskId: 'forward-order-1', note: 'Đủ căn cứ' }))
      .then([
        { type: 'TaskClaimed', data: { taskId: 'forward-order-1' } },
        { type: 'TaskCompleted', data: { taskId: 'forward-order-1' } },
        { type: 'LockOrderForwarded', data: { note: 'Đủ căn cứ' } },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'decide-order-1',
            kind: 'DECIDE_ORDER',
            role: 'C06_DIRECTOR',
            unit: 'C06',
            dueAt: END_OF_2_WORKING_DAYS,
          },
        },
      ]);
    expect(state.status).toBe('FORWARDED');
    expect(view).toMatchObject({
      unit: 'CAX-LAM-SON',
      dueAt: END_OF_2_WORKING_DAYS,
      waits: [{ owner: 'C06' }],
    });
  });
  it('may return it to the authority with written words, and forward it once it comes back', () => {
    const { history, state } = order
      .received()
      .when(giveBack)
      .then([
        ...done,
        { type: 'LockOrderReturned', data: { missing: [], note: 'Thiếu dấu' } },
        {
          type: 'NoticeOrdered',
          data: { template: 'LOCK_ORDER_RETURNED', values: { note: 'Thiếu dấu', missing: undefined } },
        },
      ]);
    expect(state.status).toBe('RETURNED');
    const again = order.played(
      [{ command: askOrder(desk, 'ResubmitLockOrder', { form: orderForm() }) }],
      history,
    );
    order
      .given(again)
      .when(forwarding('forward-order-2'))
      .then([...done, { type: 'LockOrderForwarded' }, { type: 'TaskOpened' }]);
  });
  it('does so by its head, on the task of that order', () => {
    for (const actor of [desk, headElsewhere, director, authority]) {
      order
        .received()
        .when({ ...giveBack, actor })
        .thenRefused('EID_ERR_FORBIDDEN');
      order
        .received()
        .when({ ...forwarding(), actor })
        .thenRefused('EID_ERR_FORBIDDEN');
    }
    order.received().when(forwarding('forward-order-2')).thenRefused('EID_ERR_TASK_UNKNOWN');
    order.received().when(forwarding('receive-order-1')).thenRefused('EID_ERR_TASK_CLOSED');
  });
  it('has its turn once', () => {
    for (const command of [giveBack, forwarding()]) {
      for (const stage of [order.returned(), order.forwarded(), order.approved(), order.unresolved()]) {
        stage.when(command).thenRefused('EID_ERR_OUT_OF_PLACE');
      }
      order.closed().when(command).thenRefused('EID_ERR_CASE_CLOSED');
      order.fresh().when(command).thenRefused('EID_ERR_CASE_UNKNOWN');
    }
  });
});

describe('the Director of C06', () => {
  it.each([
    ['PROCEEDING_AGENCY', 'PROCEEDING_AGENCY_REQUEST'],
    ['COMPETENT_AUTHORITY', 'COMPETENT_AUTHORITY_REQUEST'],
  ] as const)('approves a lock for a %s on the ground %s', (kind, ground) => {
    const form = { authority: { kind, contact: { id: authority.id, name: authority.name } } };
    const { state, view } = order
      .forwarded(form)
      .when(orderDecision('APPROVE', { reasons: 'Đồng ý' }))
      .then([
        ...done,
        {
          type: 'LockOrderApproved',
          data: { authority: decree.decidingAuthority, ground, note: 'Đồng ý' },
        },
      ]);
    expect(state).toMatchObject({ status: 'APPROVED', ground, round: 1 });
    expect(view.dueAt).toBeUndefined();
    expect(view.waits).toMatchObject([{ kind: 'SYSTEM', owner: 'Org eID', what: 'CARRY_OUT' }]);
  });
  it('approves an unlock, which names no ground', () => {
    const { state } = order
      .forwarded({ action: 'UNLOCK' })
      .when(orderDecision('APPROVE'))
      .then([...done, { type: 'LockOrderApproved', data: { ground: undefined } }]);
    expect(state.ground).toBeUndefined();
  });

  const without = (change: { enabled?: boolean; mode?: 'AUTOMATIC' }) =>
    lockOrders(
      decreeWith({
        lockGrounds: decree.lockGrounds.map((rule) =>
          rule.code === 'PROCEEDING_AGENCY_REQUEST' ? { ...rule, ...change } : rule,
        ),
      }),
    );
  it('cannot lock on a ground that the policy has not, has disabled, or has not for orders', () => {
    const absent = lockOrders(decreeWith({ lockGrounds: [] }));
    for (const rules of [absent, without({ enabled: false }), without({ mode: 'AUTOMATIC' })]) {
      rules
        .forwarded()
        .when(orderDecision('APPROVE'))
        .thenRefused('EID_ERR_GROUND_DISABLED', { ground: 'PROCEEDING_AGENCY_REQUEST' });
    }
  });
  it('can unlock whatever was locked before the ground was disabled', () => {
    without({ enabled: false })
      .forwarded({ action: 'UNLOCK' })
      .when(orderDecision('APPROVE'))
      .then([...done, { type: 'LockOrderApproved' }]);
  });
  it('cannot approve a lock whose term is over by then', () => {
    const until = END_OF_1_WORKING_DAY;
    const brief = order.forwarded({ until });
    brief.when(orderDecision('APPROVE'), until).thenRefused('EID_ERR_OUT_OF_PLACE', { until });
    brief.when(orderDecision('APPROVE'), FILED).then([...done, { type: 'LockOrderApproved' }]);
  });
  it('refuses in writing with reasons, which the authority is told', () => {
    const { state, view } = order
      .forwarded()
      .when(orderDecision('REFUSE', { reasons: 'Không đúng thẩm quyền' }))
      .then([
        ...done,
        { type: 'LockOrderRefused', data: { reasons: 'Không đúng thẩm quyền' } },
        {
          type: 'NoticeOrdered',
          data: {
            template: 'LOCK_ORDER_REFUSED',
            to: { id: authority.id },
            values: { reasons: 'Không đúng thẩm quyền', action: 'LOCK', number: '10000000001' },
          },
        },
      ]);
    expect(state).toMatchObject({ status: 'REFUSED', reasons: 'Không đúng thẩm quyền', round: 0 });
    expect(view.closed).toBe(false);
  });
  it('cannot refuse without a word', () => {
    order.forwarded().when(orderDecision('REFUSE')).thenRefused('EID_ERR_REASON_MISSING');
    order
      .forwarded()
      .when(orderDecision('REFUSE', { reasons: '' }))
      .thenRefused('EID_ERR_REASON_MISSING');
  });
  it('sends an order back to the receiving unit, whose limit runs anew', () => {
    const { history, state } = order
      .forwarded()
      .when(orderDecision('SEND_BACK', { reasons: 'Kiểm tra lại số định danh' }), END_OF_1_WORKING_DAY)
      .then([
        ...done,
        { type: 'LockOrderSentBack', data: { note: 'Kiểm tra lại số định danh' } },
        {
          type: 'TaskOpened',
          data: { taskId: 'forward-order-2', unit: 'CAX-LAM-SON', dueAt: '2025-03-06T17:00:00.000Z' },
        },
      ]);
    expect(state.status).toBe('RECEIVED');
    order
      .given(history)
      .when(forwarding('forward-order-2'))
      .then([
        ...done,
        { type: 'LockOrderForwarded' },
        { type: 'TaskOpened', data: { taskId: 'decide-order-2' } },
      ]);
  });
  it('alone decides, and in turn', () => {
    for (const by of [head, proposer, callCentre, authority, desk]) {
      order.forwarded().when(orderDecision('APPROVE', { by })).thenRefused('EID_ERR_FORBIDDEN');
    }
    for (const decision of ['APPROVE', 'REFUSE', 'SEND_BACK'] as const) {
      for (const stage of [order.returned(), order.received(), order.approved(), order.unresolved()]) {
        stage.when(orderDecision(decision, { reasons: 'x' })).thenRefused('EID_ERR_OUT_OF_PLACE');
      }
      for (const stage of [order.carriedOut(), order.refused(), order.withdrawn(), order.ended()]) {
        stage.when(orderDecision(decision, { reasons: 'x' })).thenRefused('EID_ERR_CASE_CLOSED');
      }
      order
        .fresh()
        .when(orderDecision(decision, { reasons: 'x' }))
        .thenRefused('EID_ERR_CASE_UNKNOWN');
    }
  });
});

describe('an order that the account could not carry out', () => {
  it('is tried again in a new round', () => {
    const { state, history } = order
      .unresolved()
      .when(resolution('RETRY'))
      .then([...done, { type: 'LockOrderRetried', data: { round: 2 } }]);
    expect(state).toMatchObject({ status: 'APPROVED', round: 2 });
    order
      .given(history)
      .when(outcomeOfOrder('NO_ACCOUNT', 2))
      .then([{ type: 'OrderOutcomeRecorded' }, { type: 'TaskOpened', data: { taskId: 'resolve-order-2' } }]);
  });
  it('ends with written reasons, which the authority is told with the outcome', () => {
    const reasons = 'Đã kiểm tra với cơ quan đề nghị';
    const { state } = order
      .unresolved()
      .when(resolution('END'))
      .then([
        ...done,
        { type: 'LockOrderEnded', data: { outcome: 'NO_ACCOUNT', reasons } },
        {
          type: 'NoticeOrdered',
          data: { template: 'LOCK_ORDER_ENDED', values: { outcome: 'NO_ACCOUNT', reasons } },
        },
      ]);
    expect(state).toMatchObject({ status: 'ENDED', reasons, outcome: 'NO_ACCOUNT' });
  });
  it('is resolved by an officer of C06, and once', () => {
    for (const by of [head, desk, callCentre, authority]) {
      order
        .unresolved()
        .when(resolution('END', 'resolve-order-1', by))
        .thenRefused('EID_ERR_FORBIDDEN');
    }
    for (const stage of [order.received(), order.forwarded(), order.approved()]) {
      stage.when(resolution('END')).thenRefused('EID_ERR_OUT_OF_PLACE');
    }
    order.ended().when(resolution('END')).thenRefused('EID_ERR_CASE_CLOSED');
    order.fresh().when(resolution('RETRY')).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});
