import { describe, expect, it } from 'vitest';
import { askOrder } from '../testing/commands.ts';
import {
  atPc06,
  forwarding,
  lockOrders,
  orderDecision,
  orderFiling,
  orderForm,
} from '../testing/lock-orders.ts';
import { c06, colleague, officer, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';

const { desk, director, head, headOfPc06, receivingHead, secondDirector, secondHead } = people;
const order = lockOrders(decree);
const filedBy = (actor: typeof receivingHead) => order.after(askOrder(actor, 'FileLockOrder', orderFiling()));
const done = [{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }] as const;

describe('four eyes on an order', () => {
  it('keep whoever received it from claiming or forwarding it', () => {
    const own = filedBy(receivingHead);
    own
      .when(forwarding('forward-order-1', receivingHead))
      .thenRefused('EID_ERR_FOUR_EYES', { otherStep: 'RECEIVE_ORDER' });
    own
      .when(askOrder(receivingHead, 'ClaimTask', { taskId: 'forward-order-1' }))
      .thenRefused('EID_ERR_FOUR_EYES');
    own.when(forwarding()).then([...done, { type: 'LockOrderForwarded' }, { type: 'TaskOpened' }]);
  });

  it('keep it from coming back to its receiver by delegation or reassignment', () => {
    const own = filedBy(receivingHead);
    const taskId = 'forward-order-1';
    const to = colleague(receivingHead);
    const held = order.given(
      order.played([{ command: askOrder(head, 'ClaimTask', { taskId }) }], own.history),
    );
    held.when(askOrder(head, 'DelegateTask', { taskId, to })).thenRefused('EID_ERR_FOUR_EYES');
    held.when(askOrder(headOfPc06, 'ReassignTask', { taskId, to })).thenRefused('EID_ERR_FOUR_EYES');
    held
      .when(askOrder(head, 'DelegateTask', { taskId, to: colleague(secondHead) }))
      .then([{ type: 'TaskDelegated', data: { to: { id: secondHead.id } } }]);
  });

  it('keep whoever received it from deciding it, having moved to C06 since', () => {
    const moved = officer(desk.id, c06, 'C06_DIRECTOR');
    order
      .forwarded()
      .when(orderDecision('APPROVE', { by: moved }))
      .thenRefused('EID_ERR_FOUR_EYES', { otherStep: 'RECEIVE_ORDER' });
  });

  it('keep whoever forwarded it, when it had climbed to C06, from deciding it', () => {
    const taskId = 'forward-order-1';
    const climbed = order.played(
      [
        { command: askOrder(head, 'EscalateTask', { taskId }) },
        { command: askOrder(headOfPc06, 'EscalateTask', { taskId }) },
        { command: forwarding(taskId, director) },
      ],
      order.received().history,
    );
    const atC06 = order.given(climbed);
    atC06.when(orderDecision('APPROVE')).thenRefused('EID_ERR_FOUR_EYES', { otherStep: 'FORWARD_ORDER' });
    atC06
      .when(orderDecision('APPROVE', { by: secondDirector }))
      .then([...done, { type: 'LockOrderApproved' }]);
  });

  it('keep whoever merely handed a step on from the opposed one', () => {
    const taskId = 'forward-order-1';
    const handedOn = order.played(
      [
        { command: askOrder(head, 'ClaimTask', { taskId }) },
        { command: askOrder(head, 'DelegateTask', { taskId, to: colleague(secondHead) }) },
        { command: forwarding(taskId, secondHead) },
      ],
      order.received().history,
    );
    const moved = officer(head.id, c06, 'C06_DIRECTOR');
    order
      .given(handedOn)
      .when(orderDecision('APPROVE', { by: moved }))
      .thenRefused('EID_ERR_FOUR_EYES');
  });

  it('keep whoever returned it to the authority from receiving it again', () => {
    const taskId = 'forward-order-1';
    const returned = order.played(
      [{ command: askOrder(receivingHead, 'ReturnLockOrder', { taskId, note: 'Thiếu dấu' }) }],
      order.received().history,
    );
    order
      .given(returned)
      .when(askOrder(receivingHead, 'ResubmitLockOrder', { form: orderForm() }))
      .thenRefused('EID_ERR_FOUR_EYES', { otherStep: 'FORWARD_ORDER' });
  });

  it('let the same Director decide again what was sent back', () => {
    const back = order.played(
      [{ command: orderDecision('SEND_BACK') }, { command: forwarding('forward-order-2') }],
      order.forwarded().history,
    );
    order
      .given(back)
      .when(orderDecision('APPROVE', { taskId: 'decide-order-2' }))
      .then([...done, { type: 'LockOrderApproved' }]);
  });

  it('are as many as the policy says', () => {
    const trusting = lockOrders(decreeWith({ fourEyes: [] }));
    trusting
      .after(askOrder(receivingHead, 'FileLockOrder', orderFiling()))
      .when(forwarding('forward-order-1', receivingHead))
      .then([...done, { type: 'LockOrderForwarded' }, { type: 'TaskOpened' }]);
  });
});

describe('tasks of an order', () => {
  it('are claimed, released, escalated and done by one holder', () => {
    const taskId = 'forward-order-1';
    const history = order.played(
      [
        { command: askOrder(head, 'ClaimTask', { taskId }) },
        { command: askOrder(head, 'ReleaseTask', { taskId }) },
        { command: askOrder(secondHead, 'ClaimTask', { taskId }) },
      ],
      order.received().history,
    );
    order.given(history).when(forwarding()).thenRefused('EID_ERR_TASK_HELD');
    const { view } = order
      .given(history)
      .when(askOrder(secondHead, 'EscalateTask', { taskId }))
      .then([{ type: 'TaskEscalated', data: { toUnit: 'PC06-HUNG-YEN', cause: 'PERSON' } }]);
    expect(view.waits).toMatchObject([{ owner: 'PC06-HUNG-YEN' }]);
  });

  it('at a unit that is a PC06 climb straight to C06', () => {
    const atProvince = order.after(
      askOrder(people.deskOfPc06, 'FileLockOrder', orderFiling(orderForm(), atPc06)),
    );
    atProvince
      .when(askOrder(headOfPc06, 'EscalateTask', { taskId: 'forward-order-1' }))
      .then([{ type: 'TaskEscalated', data: { toUnit: 'C06' } }]);
  });

  it('of an order that nobody filed are unknown', () => {
    const taskId = 'forward-order-1';
    order
      .fresh()
      .when(askOrder(head, 'ClaimTask', { taskId }))
      .thenRefused('EID_ERR_CASE_UNKNOWN');
    const notice = { taskId, action: 'RETRY' as const, note: '' };
    order
      .fresh()
      .when(askOrder(head, 'ResolveNotice', notice))
      .thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});
