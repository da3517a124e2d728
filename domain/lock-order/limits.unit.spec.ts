import { describe, expect, it } from 'vitest';
import { askOrder } from '../testing/commands.ts';
import {
  END_OF_1_WORKING_DAY,
  END_OF_2_WORKING_DAYS,
  forwarding,
  lockOrders,
  orderDecision,
} from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { climbingAtTheLimit, decree, decreeWith } from '../testing/policy.spec.ts';
import { lockOrderDeadline } from './effects.ts';

const order = lockOrders(decreeWith(climbingAtTheLimit));
const mark = (taskId: string) => askOrder(people.system, 'MarkTaskOverdue', { taskId });
/** 09:00 and 24:00 of a day in Viet Nam. */
const morning = (day: string) => `${day}T02:00:00.000Z`;
const end = (day: string) => `${day}T17:00:00.000Z`;

describe('the limits of an order: one working day to forward, two more to decide', () => {
  it.each([
    ['a Monday', '2025-03-03', '2025-03-04', '2025-03-05'],
    ['a Thursday, before a weekend', '2025-03-06', '2025-03-07', '2025-03-10'],
    ['a Friday, over a weekend', '2025-03-07', '2025-03-10', '2025-03-11'],
    ['a Saturday', '2025-03-08', '2025-03-10', '2025-03-11'],
    ['the Thursday before Tết 2025', '2025-01-23', '2025-01-24', '2025-02-03'],
    ['the Friday before Tết 2025', '2025-01-24', '2025-02-03', '2025-02-04'],
    ['the day before the Hùng Kings’ day of 2025', '2025-04-04', '2025-04-08', '2025-04-09'],
  ])('counted from %s', (_, day, forwardBy, decideBy) => {
    for (const action of ['LOCK', 'UNLOCK'] as const) {
      const received = order
        .fresh()
        .when(order.file({ action }), morning(day))
        .then([
          { type: 'LockOrderFiled' },
          { type: 'TaskOpened' },
          { type: 'TaskClaimed' },
          { type: 'TaskCompleted' },
          { type: 'LockOrderReceived', data: { dueAt: end(forwardBy) } },
          { type: 'TaskOpened' },
        ]);
      expect(received.view.dueAt).toBe(end(forwardBy));
      const { view } = order
        .given(received.history)
        .when(forwarding(), morning(day))
        .then([
          { type: 'TaskClaimed' },
          { type: 'TaskCompleted' },
          { type: 'LockOrderForwarded' },
          { type: 'TaskOpened' },
        ]);
      expect(view.dueAt).toBe(end(decideBy));
    }
  });

  it('are those of what the order asks for', () => {
    const days = (amount: number) => ({ amount, unit: 'working_days' as const });
    const different = lockOrders(
      decreeWith({
        limitLockForward: days(1),
        limitLockDecide: days(2),
        limitUnlockForward: days(3),
        limitUnlockDecide: days(4),
      }),
    );
    const due = (action: 'LOCK' | 'UNLOCK') =>
      different.forwarded({ action }).state.tasks.map((task) => task.dueAt);
    expect(due('LOCK')).toEqual([undefined, end('2025-03-04'), end('2025-03-05')]);
    expect(due('UNLOCK')).toEqual([undefined, end('2025-03-06'), end('2025-03-07')]);
  });

  it('give way to a limit that the policy sets for a step itself', () => {
    const hour = { amount: 3_600_000, unit: 'milliseconds' as const };
    const { tasks } = decree;
    const hasty = lockOrders(
      decreeWith({ tasks: { ...tasks, FORWARD_ORDER: { ...tasks.FORWARD_ORDER, limit: hour } } }),
    );
    const { history, state } = hasty.received();
    expect(state.tasks.at(-1)?.dueAt).toBe('2025-03-03T03:00:00.000Z');
    const received = history.find((event) => event.type === 'LockOrderReceived');
    expect(received?.data).toEqual({ dueAt: '2025-03-03T03:00:00.000Z' });
  });
});

describe('a step that is not done in time', () => {
  it('is the next deadline of the order', () => {
    expect(lockOrderDeadline(order.received().state)).toEqual({
      at: Date.parse(END_OF_1_WORKING_DAY),
      command: { type: 'MarkTaskOverdue', data: { taskId: 'forward-order-1' } },
    });
    expect(lockOrderDeadline(order.forwarded().state)).toEqual({
      at: Date.parse(END_OF_2_WORKING_DAYS),
      command: { type: 'MarkTaskOverdue', data: { taskId: 'decide-order-1' } },
    });
    for (const stage of ['fresh', 'returned', 'approved', 'unresolved', 'withdrawn', 'closed'] as const) {
      expect(lockOrderDeadline(order[stage]().state)).toBeUndefined();
    }
  });

  it('shows, and climbs to the next unit up, whose head may do it; nothing is decided', () => {
    const { view, history, state } = order
      .received()
      .when(mark('forward-order-1'), END_OF_1_WORKING_DAY)
      .then([
        { type: 'TaskOverdue', data: { taskId: 'forward-order-1', dueAt: END_OF_1_WORKING_DAY } },
        { type: 'TaskEscalated', data: { toUnit: 'PC06-HUNG-YEN', cause: 'OVERDUE' } },
      ]);
    expect(state.status).toBe('RECEIVED');
    expect(view).toMatchObject({ overdue: true, waits: [{ owner: 'PC06-HUNG-YEN' }] });
    expect(lockOrderDeadline(state)).toBeUndefined();
    const forwarded = order
      .given(history)
      .when(forwarding('forward-order-1', people.headOfPc06))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'LockOrderForwarded' },
        { type: 'TaskOpened', data: { dueAt: end('2025-03-07') } },
      ]);
    expect(forwarded.view.overdue).toBe(false);
  });

  it('at C06 shows, and the Director still decides', () => {
    const { view, history } = order
      .forwarded()
      .when(mark('decide-order-1'), END_OF_2_WORKING_DAYS)
      .then([{ type: 'TaskOverdue' }]);
    expect(view).toMatchObject({ overdue: true, waits: [{ owner: 'C06' }] });
    order
      .given(history)
      .when(orderDecision('APPROVE'))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'LockOrderApproved' }]);
  });

  it('is so at its end and not before, and once', () => {
    order.received().when(mark('forward-order-1'), '2025-03-04T16:59:59.999Z').thenNothing();
    order.forwarded().when(mark('forward-order-1'), END_OF_2_WORKING_DAYS).thenNothing();
    order.fresh().when(mark('forward-order-1')).thenNothing();
    order
      .received()
      .when({ ...mark('forward-order-1'), actor: people.head }, END_OF_1_WORKING_DAY)
      .thenRefused('EID_ERR_FORBIDDEN');
  });
});
