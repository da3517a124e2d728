import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import { accountDeadline, accountEffects } from '../account/view.ts';
import { systemActor } from '../deciding.ts';
import { toInstant } from '../time.ts';
import { ACCOUNT, opening } from './accounts.ts';
import { askAccount } from './commands.ts';
import { people } from './people.ts';
import type { Choices } from './random.ts';
import { randomLockCommand } from './random-locks.ts';
import { someTask, staff, taskCommand, worker } from './random-tasks.ts';
import type { Move, Walk } from './simulate.ts';

type Command = CommandOf<AccountCommand>;
type AccountWalk = Walk<AccountState, AccountEvent>;

const DAY = 86_400_000;
const outsiders: readonly Actor[] = [people.registrant, people.stranger, people.binh, systemActor];
const anybody = (c: Choices): Actor => c.one(c.once(2) ? outsiders : staff) ?? people.stranger;

function outcome(c: Choices, { state, now }: AccountWalk): Command {
  const orderId = c.one(accountEffects(state))?.key ?? `${ACCOUNT}.notice1.${c.below(5) + 1}`;
  const at = c.once(2) ? {} : { at: toInstant(now + DAY - c.below(3 * DAY)) };
  const delivered = c.once(3);
  return askAccount(systemActor, 'RecordNoticeOutcome', {
    orderId,
    outcome: delivered ? 'DELIVERED' : 'FAILED',
    ...at,
  });
}

function anything(c: Choices, walk: AccountWalk): Command {
  const task = someTask(c, walk.state.tasks);
  const taskId = task?.id ?? 'deliver-notice-9';
  const action = c.once(2) ? ('RETRY' as const) : ('HANDED_OVER' as const);
  const resolve = () => askAccount(worker(c, task), 'ResolveNotice', { taskId, action, note: 'đã gọi' });
  const onTask = () => {
    const { actor, command } = taskCommand(c, walk.state.tasks);
    return { ...command, id: 'task', actor } as Command;
  };
  const commands: readonly [() => Command, ...(() => Command)[]] = [
    () => outcome(c, walk),
    () => outcome(c, walk),
    () => outcome(c, walk),
    resolve,
    resolve,
    onTask,
    onTask,
    () => askAccount(c.once(2) ? people.registrant : anybody(c), 'ActivateAccount'),
    () => askAccount(worker(c, task), 'ActivateThroughCallCentre', { note: 'đã gọi tổng đài' }),
    () => askAccount(systemActor, 'SendReminder'),
    () => askAccount(systemActor, 'MarkActivationOverdue'),
    () => askAccount(systemActor, 'OpenAccount', opening()),
  ];
  const command = c.once(2) ? randomLockCommand(c, walk) : c.one(commands)();
  return c.once(15) ? { ...command, actor: anybody(c) } : command;
}

/** A random move in an account, sometimes the next deadline at its time. */
export function randomAccountMove(c: Choices, walk: AccountWalk): Move<AccountCommand> {
  const { state, now } = walk;
  if (state.status === 'NONE' && !c.once(4)) {
    const owner = c.once(2) ? { email: 'lan@example.vn' } : {};
    const category = c.once(2) ? { category: 'OTHER_ORG' as const } : {};
    const data = { ...opening(owner), ...category };
    return { command: askAccount(systemActor, 'OpenAccount', data), afterMs: 0 };
  }
  const due = c.once(3) ? accountDeadline(state) : undefined;
  if (due) {
    const command = { ...due.command, id: 'deadline', actor: systemActor } as Command;
    return { command, afterMs: Math.max(0, due.at - now) };
  }
  return { command: anything(c, walk), afterMs: c.once(4) ? c.below(2 * DAY) : c.below(60_000) };
}
