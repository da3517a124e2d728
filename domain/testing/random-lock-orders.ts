import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { OrderOutcome } from '../../schemas/lock.ts';
import type {
  LockOrderCommand,
  LockOrderEvent,
  LockOrderForm,
  LockOrderState,
} from '../../schemas/lock-order.ts';
import type { Task } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';
import { lockOrderDeadline, lockOrderEffects } from '../lock-order/effects.ts';
import { toInstant } from '../time.ts';
import { askOrder } from './commands.ts';
import { atPc06, ORDER, orderFiling, orderForm } from './lock-orders.ts';
import { c06, officer, people } from './people.ts';
import type { Choices } from './random.ts';
import { someTask, staff, taskCommand, worker } from './random-tasks.ts';
import type { Move, Walk } from './simulate.ts';

type Command = CommandOf<LockOrderCommand>;
type OrderWalk = Walk<LockOrderState, LockOrderEvent>;

const DAY = 86_400_000;
const outsiders: readonly Actor[] = [people.authority, people.otherAuthority, people.registrant, systemActor];
/** Receivers and forwarders who were moved to C06: what four eyes must catch. */
const moved: readonly Actor[] = ['o1', 'o2', 'p1'].map((id) =>
  officer(id, c06, 'C06_DIRECTOR', 'C06_OFFICER'),
);

const anybody = (c: Choices): Actor => c.one(c.once(2) ? outsiders : staff) ?? people.desk;
const someDesk = (c: Choices): Actor => c.one(staff.slice(0, 5)) ?? people.desk;

function form(c: Choices, now: number): LockOrderForm {
  const action = c.once(3) ? 'UNLOCK' : 'LOCK';
  const missing = c.once(5)
    ? c.one([['document'], ['authority'], ['number'], ['number', 'reason']])
    : undefined;
  const contact = { id: people.authority.id, name: people.authority.name };
  const kind = c.once(2) ? 'PROCEEDING_AGENCY' : 'COMPETENT_AUTHORITY';
  const until = c.once(8) ? { until: toInstant(now + (c.below(5) - 1) * DAY) } : {};
  return orderForm({
    action,
    authority: { kind, contact: c.once(2) ? contact : { ...contact, email: 'vks@example.vn' } },
    ...until,
    ...Object.fromEntries((missing ?? []).map((field) => [field, undefined])),
  });
}

function file(c: Choices, now: number): Command {
  const more = c.once(4) ? atPc06 : {};
  const channel = c.once(3) ? 'POST' : 'IN_PERSON_TK03';
  return askOrder(someDesk(c), 'FileLockOrder', orderFiling(form(c, now), { ...more, channel }));
}

const withdraw = (c: Choices): Command =>
  askOrder(c.once(3) ? anybody(c) : people.authority, 'WithdrawLockOrder', { note: 'rút phiếu' });

const outcomes: readonly [OrderOutcome, ...OrderOutcome[]] = [
  'LOCKED',
  'GROUND_ADDED',
  'ALREADY_HELD',
  'UNLOCKED',
  'GROUND_LIFTED',
  'NOTHING_TO_LIFT',
  'DISSOLVED',
  'NO_ACCOUNT',
  'NOT_YET_OPEN',
  'GROUND_DISABLED',
];

function ofSystem(c: Choices, { state }: OrderWalk): Command {
  const orders = lockOrderEffects(state).filter((effect) => effect.kind === 'notify');
  const orderId = c.one(orders)?.key ?? `${ORDER}.notice1.${c.below(4) + 1}`;
  const round = c.once(5) ? c.below(4) + 1 : Math.max(state.round, 1);
  const command =
    state.status === 'APPROVED' || c.once(4)
      ? askOrder(systemActor, 'RecordOrderOutcome', { round, outcome: c.one(outcomes) })
      : askOrder(systemActor, 'RecordNoticeOutcome', {
          orderId,
          outcome: c.once(2) ? 'DELIVERED' : 'FAILED',
        });
  return c.once(15) ? { ...command, actor: anybody(c) } : command;
}

/** The command that completes a task, for one of its outcomes. */
function completion(c: Choices, task: Task, actor: Actor): Command {
  const taskId = task.id;
  const note = 'ghi chú';
  switch (task.kind) {
    case 'FORWARD_ORDER':
      return c.once(5)
        ? askOrder(actor, 'ReturnLockOrder', { taskId, note })
        : askOrder(actor, 'ForwardLockOrder', { taskId });
    case 'DECIDE_ORDER': {
      const decision = c.one(['APPROVE', 'APPROVE', 'SEND_BACK', 'REFUSE'] as const);
      return askOrder(actor, 'DecideLockOrder', {
        taskId,
        decision,
        ...(c.once(3) ? {} : { reasons: note }),
      });
    }
    case 'RESOLVE_ORDER':
      return askOrder(actor, 'ResolveOrder', { taskId, action: c.once(2) ? 'RETRY' : 'END', note });
    default:
      return askOrder(actor, 'ResolveNotice', { taskId, action: c.once(2) ? 'RETRY' : 'HANDED_OVER', note });
  }
}

function work(c: Choices, walk: OrderWalk): Command {
  const task = someTask(c, walk.state.tasks);
  if (!task) return ofSystem(c, walk);
  const actor = c.once(4) ? (c.one(moved) ?? people.director) : worker(c, task);
  return completion(c, task, actor);
}

function likely(c: Choices, walk: OrderWalk): Command {
  const { state, now } = walk;
  switch (state.status) {
    case 'NONE':
      return file(c, now);
    case 'RETURNED':
      return askOrder(someDesk(c), 'ResubmitLockOrder', { form: form(c, now) });
    case 'RECEIVED':
    case 'FORWARDED':
    case 'UNRESOLVED':
      return work(c, walk);
    case 'APPROVED':
    case 'CARRIED_OUT':
    case 'REFUSED':
    case 'WITHDRAWN':
    case 'ENDED':
      return c.once(3) ? work(c, walk) : ofSystem(c, walk);
  }
}

/** A random move in an order: mostly what is due next, often something else, sometimes the next deadline at its time. */
export function randomLockOrderMove(c: Choices, walk: OrderWalk): Move<LockOrderCommand> {
  const { state, now } = walk;
  const due = c.once(8) ? lockOrderDeadline(state) : undefined;
  if (due) {
    const command = { ...due.command, id: 'deadline', actor: systemActor } as Command;
    return { command, afterMs: Math.max(0, due.at - now) };
  }
  const afterMs = c.once(12) ? c.below(2 * DAY) : c.below(3_600_000);
  if (!c.once(3)) return { command: likely(c, walk), afterMs };
  const onTask = () => {
    const { actor, command } = taskCommand(c, state.tasks);
    return { ...command, id: 'task', actor } as Command;
  };
  const others: readonly [() => Command, ...(() => Command)[]] = [
    onTask,
    onTask,
    onTask,
    () => ofSystem(c, walk),
    () => work(c, walk),
    () => withdraw(c),
    () => file(c, now),
    () => askOrder(anybody(c), 'ResubmitLockOrder', { form: form(c, now) }),
  ];
  return { command: c.one(others)(), afterMs };
}
