import { describe, expect, it } from 'vitest';
import type { LockOrderField } from '../../schemas/lock-order.ts';
import { askOrder } from '../testing/commands.ts';
import {
  atPc06,
  END_OF_1_WORKING_DAY,
  FILED,
  forwarding,
  lockOrders,
  ORDER,
  orderDecision,
  orderFiling,
  orderForm,
} from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';

const { desk, deskElsewhere, deskOfPc06, head, authority, otherAuthority, registrant, system } = people;
const order = lockOrders(decree);
const received = [{ type: 'TaskOpened' }, { type: 'TaskClaimed' }, { type: 'TaskCompleted' }] as const;

describe('an order that is filed', () => {
  it('complete is received by the officer, starts the clock and waits to be forwarded', () => {
    const { state, view } = order
      .fresh()
      .when(order.file())
      .then([
        {
          type: 'LockOrderFiled',
          data: { policyVersion: decree.version, channel: 'IN_PERSON_TK03', form: orderForm() },
        },
        {
          type: 'TaskOpened',
          data: { taskId: 'receive-order-1', kind: 'RECEIVE_ORDER', unit: 'CAX-LAM-SON' },
        },
        { type: 'TaskClaimed', data: { taskId: 'receive-order-1', holder: { id: desk.id } } },
        { type: 'TaskCompleted', data: { taskId: 'receive-order-1', by: { id: desk.id } } },
        { type: 'LockOrderReceived', data: { dueAt: END_OF_1_WORKING_DAY } },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'forward-order-1',
            kind: 'FORWARD_ORDER',
            role: 'UNIT_HEAD',
            unit: 'CAX-LAM-SON',
            dueAt: END_OF_1_WORKING_DAY,
          },
        },
      ]);
    expect(state).toMatchObject({ status: 'RECEIVED', round: 0, missing: [], since: FILED });
    expect(view).toMatchObject({
      title: 'Công ty TNHH Sao Mai: LOCK',
      unit: 'CAX-LAM-SON',
      dueAt: END_OF_1_WORKING_DAY,
      overdue: false,
      closed: false,
      waits: [{ kind: 'TASK', owner: 'CAX-LAM-SON', what: 'FORWARD_ORDER' }],
    });
  });

  it('may be filed at PC06 of any province, and by post', () => {
    const filing = orderFiling(orderForm(), { ...atPc06, channel: 'POST' });
    const { view } = order
      .fresh()
      .when(askOrder(deskOfPc06, 'FileLockOrder', filing))
      .then([{ type: 'LockOrderFiled' }, ...received, { type: 'LockOrderReceived' }, { type: 'TaskOpened' }]);
    expect(view.unit).toBe('PC06-HUNG-YEN');
  });

  it('by others than a reception officer of the unit is forbidden', () => {
    for (const actor of [deskElsewhere, deskOfPc06, head, registrant, authority, system]) {
      order
        .fresh()
        .when(askOrder(actor, 'FileLockOrder', orderFiling()))
        .thenRefused('EID_ERR_FORBIDDEN');
    }
  });

  it('on a channel that the policy does not name is forbidden', () => {
    const byHand = lockOrders(decreeWith({ lockOrderChannels: ['IN_PERSON_TK03'] }));
    byHand
      .fresh()
      .when(byHand.file({}, { channel: 'POST' }))
      .thenRefused('EID_ERR_FORBIDDEN', { channel: 'POST' });
  });

  it('a second time is refused', () => {
    for (const stage of [order.received(), order.closed()]) {
      stage.when(order.file()).thenRefused('EID_ERR_CASE_EXISTS', { stream: ORDER });
    }
  });

  it.each([
    ['an unlock with a term', { action: 'UNLOCK', until: '2025-06-01T00:00:00.000Z' }, 'until'],
    ['a lock that lifts another', { action: 'LOCK', liftsDocument: '12/QĐ-VKS' }, 'liftsDocument'],
    ['a lock whose term is over', { action: 'LOCK', until: FILED }, 'until'],
  ] as const)('as %s is a slip, and refused', (_, form, field) => {
    order
      .fresh()
      .when(order.file(form))
      .thenRefused('EID_ERR_SHAPE', { fields: [{ field: `data.form.${field}` }] });
  });
});

describe('an incomplete form', () => {
  const fields: readonly LockOrderField[] = ['authority', 'number', 'document', 'reason'];
  it.each(fields)('without its %s is returned at once, and no clock runs', (field) => {
    const told =
      field === 'authority'
        ? []
        : [{ type: 'NoticeOrdered', data: { template: 'LOCK_ORDER_RETURNED' } } as const];
    const { state, view } = order
      .fresh()
      .when(order.file({ [field]: undefined }))
      .then([
        { type: 'LockOrderFiled' },
        ...received,
        { type: 'LockOrderReturned', data: { missing: [field] } },
        ...told,
      ]);
    expect(state).toMatchObject({ status: 'RETURNED', missing: [field] });
    expect(view.dueAt).toBeUndefined();
    expect(view.waits[0]).toMatchObject({
      kind: 'PERSON',
      what: 'SUPPLEMENT',
      owner: field === 'authority' ? 'Công an xã Lâm Sơn' : authority.name,
    });
  });

  it('is one whose field is blank', () => {
    order
      .fresh()
      .when(order.file({ reason: '' }))
      .then([
        { type: 'LockOrderFiled' },
        ...received,
        { type: 'LockOrderReturned', data: { missing: ['reason'] } },
        {
          type: 'NoticeOrdered',
          data: {
            to: { id: authority.id },
            values: { missing: 'reason', number: '10000000001', document: '12/QĐ-VKS, 2025-02-28' },
          },
        },
      ]);
  });

  it('lacks what the policy asks for, and authority and document whatever the policy asks', () => {
    const strict = lockOrders(decreeWith({ lockOrderFields: ['signedBy', 'organisation'] }));
    const missing = ['signedBy', 'organisation', 'authority', 'document'] as const;
    const without = Object.fromEntries(missing.map((field) => [field, undefined]));
    const { state } = strict
      .fresh()
      .when(strict.file({ ...without, number: undefined, reason: undefined }))
      .then([{ type: 'LockOrderFiled' }, ...received, { type: 'LockOrderReturned' }]);
    expect(state.missing).toEqual(missing);
  });

  it('that is made good is received anew, by whoever takes it in', () => {
    const { state } = order
      .returned()
      .when(askOrder(people.receivingHead, 'ResubmitLockOrder', { form: orderForm() }), END_OF_1_WORKING_DAY)
      .then([
        { type: 'LockOrderResubmitted', data: { form: orderForm() } },
        { type: 'TaskOpened', data: { taskId: 'receive-order-2' } },
        { type: 'TaskClaimed', data: { holder: { id: people.receivingHead.id } } },
        { type: 'TaskCompleted', data: { by: { id: people.receivingHead.id } } },
        { type: 'LockOrderReceived', data: { dueAt: '2025-03-06T17:00:00.000Z' } },
        { type: 'TaskOpened', data: { taskId: 'forward-order-1', dueAt: '2025-03-06T17:00:00.000Z' } },
      ]);
    expect(state).toMatchObject({ status: 'RECEIVED', missing: [] });
  });

  it('that is still incomplete is returned again', () => {
    const { state } = order
      .returned()
      .when(askOrder(desk, 'ResubmitLockOrder', { form: orderForm({ number: undefined }) }))
      .then([
        { type: 'LockOrderResubmitted' },
        ...received,
        { type: 'LockOrderReturned', data: { missing: ['number'] } },
        { type: 'NoticeOrdered' },
      ]);
    expect(state).toMatchObject({ status: 'RETURNED', missing: ['number'] });
  });

  it('is made good at the unit that received it only, while it is returned only', () => {
    const resubmit = (actor: typeof desk) => askOrder(actor, 'ResubmitLockOrder', { form: orderForm() });
    for (const actor of [deskElsewhere, head, authority, system] as (typeof desk)[]) {
      order.returned().when(resubmit(actor)).thenRefused('EID_ERR_FORBIDDEN');
    }
    for (const stage of [order.received(), order.forwarded(), order.approved(), order.unresolved()]) {
      stage.when(resubmit(desk)).thenRefused('EID_ERR_OUT_OF_PLACE');
    }
    order.closed().when(resubmit(desk)).thenRefused('EID_ERR_CASE_CLOSED');
    order.fresh().when(resubmit(desk)).thenRefused('EID_ERR_CASE_UNKNOWN');
    order
      .returned()
      .when(askOrder(desk, 'ResubmitLockOrder', { form: orderForm({ until: FILED }) }))
      .thenRefused('EID_ERR_SHAPE');
  });
});

describe('an order that is withdrawn', () => {
  const withdraw = askOrder(desk, 'WithdrawLockOrder', {
    document: { number: '13/QĐ-VKS', date: '2025-03-03' },
    note: 'Cơ quan đề nghị rút phiếu',
  });
  it('by its authority ends, with its open work, and the authority has it in writing', () => {
    const { state, view } = order
      .received()
      .when(order.withdrawal)
      .then([
        { type: 'TaskCancelled', data: { taskId: 'forward-order-1', why: 'ORDER_WITHDRAWN' } },
        { type: 'LockOrderWithdrawn', data: { note: 'Đã khắc phục' } },
        { type: 'NoticeOrdered', data: { template: 'LOCK_ORDER_WITHDRAWN', to: { id: authority.id } } },
      ]);
    expect(state.status).toBe('WITHDRAWN');
    expect(view).toMatchObject({ closed: false, waits: [{ kind: 'CHANNEL' }] });
  });
  it('by paper at the unit that received it ends until the decision', () => {
    for (const stage of [order.received(), order.forwarded()]) {
      stage
        .when(withdraw)
        .then([
          { type: 'TaskCancelled' },
          { type: 'LockOrderWithdrawn', data: { document: { number: '13/QĐ-VKS' } } },
          { type: 'NoticeOrdered' },
        ]);
    }
    order
      .returned()
      .when(withdraw)
      .then([{ type: 'LockOrderWithdrawn' }, { type: 'NoticeOrdered' }]);
  });
  it('closes at once when there is no authority to tell', () => {
    const nameless = order.after(order.file({ authority: undefined }));
    const { view } = nameless.when(withdraw).then([{ type: 'LockOrderWithdrawn' }]);
    expect(view).toMatchObject({ closed: true, waits: [] });
  });
  it('must be so by that authority or that unit', () => {
    const byOthers = [
      otherAuthority,
      { ...registrant, id: authority.id },
      deskElsewhere,
      head,
      people.director,
    ];
    for (const actor of byOthers) {
      order
        .received()
        .when({ ...withdraw, actor })
        .thenRefused('EID_ERR_FORBIDDEN');
    }
  });
  it('must be so before the decision', () => {
    for (const stage of [order.approved(), order.unresolved()]) {
      stage.when(withdraw).thenRefused('EID_ERR_OUT_OF_PLACE');
    }
    for (const stage of [order.carriedOut(), order.refused(), order.withdrawn(), order.ended()]) {
      stage.when(withdraw).thenRefused('EID_ERR_CASE_CLOSED');
    }
    order.fresh().when(withdraw).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
  it('takes nothing else afterwards', () => {
    order.withdrawn().when(forwarding()).thenRefused('EID_ERR_CASE_CLOSED');
    order.withdrawn().when(orderDecision('APPROVE')).thenRefused('EID_ERR_CASE_CLOSED');
  });
});
