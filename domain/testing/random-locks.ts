import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Registry } from '../../schemas/registry.ts';
import type { Task } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';
import { isOpen } from '../task/find.ts';
import { toInstant } from '../time.ts';
import { lockOrder, prosecution, taxOffice, unlockOrder } from './accounts.ts';
import { change } from './changes.ts';
import { askAccount } from './commands.ts';
import { people } from './people.ts';
import type { Choices } from './random.ts';
import { worker } from './random-tasks.ts';
import type { Walk } from './simulate.ts';

type Command = CommandOf<AccountCommand>;
type AccountWalk = Walk<AccountState, AccountEvent>;

const DAY = 86_400_000;
const note = 'mô phỏng';
export const services = ['DVC', 'THUE'].map((id) => ({ id, name: id }));

/** A term that ends soon, sometimes before it begins; most times none. */
const term = (c: Choices, now: number) =>
  c.once(3) ? { until: toInstant(now + c.below(2 * DAY) - c.below(DAY / 4)) } : {};

function order(c: Choices, { now }: AccountWalk): Command {
  const authority = c.one([prosecution, prosecution, taxOffice]);
  const document = `${c.below(3) + 1}`;
  if (c.once(2)) return unlockOrder('9', { authority, ...(c.once(2) ? { liftsDocument: document } : {}) });
  const code = c.one([
    'PROCEEDING_AGENCY_REQUEST',
    'COMPETENT_AUTHORITY_REQUEST',
    'SERVICE_USER_REQUEST',
  ] as const);
  return lockOrder(document, { authority, code, ...term(c, now) });
}

function byHand(c: Choices, { state, now }: AccountWalk): Command {
  const { owner = people.registrant } = state;
  const holder = { ...people.registrant, id: owner.id, name: owner.name };
  const officer = c.one([people.proposer, people.director]);
  return c.one([
    () => askAccount(holder, 'LockOwnAccount', term(c, now)),
    () => askAccount(holder, 'UnlockOwnAccount', { note }),
    () => askAccount(holder, 'UnlockOwnAccount'),
    () => askAccount(officer, 'LockForTermsViolation', { note, ...term(c, now) }),
    () => askAccount(officer, 'LiftTermsViolation', { note }),
  ])();
}

function acknowledgement(c: Choices, { state, now }: AccountWalk): Command {
  const service = c.one(state.obedience)?.service ?? 'DVC';
  const seq = c.once(4) ? c.below(4) + 1 : Math.max(1, state.seq);
  const at = toInstant(now + c.below(DAY) - c.below(DAY));
  return c.once(4)
    ? askAccount(systemActor, 'MarkAcknowledgementOverdue', { service, seq })
    : askAccount(systemActor, 'AcknowledgeLock', { service, seq, at });
}

function registryChange(c: Choices, { now }: AccountWalk): RegistryChange {
  const registry: Registry = c.one(['BUSINESS', 'TAX']);
  const changedAt = toInstant(now - c.below(3 * DAY));
  const about = { registry, changedAt, revision: c.below(2) };
  const id = `change-${c.below(1000)}`;
  if (c.once(25)) return change(id, { ...about, mergedInto: { code: '0900000099' } });
  if (c.once(15)) return change(id, { ...about, status: 'DISSOLVED' });
  if (c.once(2)) return change(id, { ...about, status: c.one(['ACTIVE', 'SUSPENDED', 'CEASED'] as const) });
  const values = c.one<RegistryChange['values']>([
    { representative_name: c.one(['Nguyễn Thị Lan', 'Trần Văn Bình']) },
    { tax_code: c.one(['0900000011', '0900000022']) },
    { address: 'Số 1 đường Mới' },
  ]);
  return change(id, { ...about, values });
}

function information(c: Choices, walk: AccountWalk): Command {
  const taken = registryChange(c, walk);
  if (c.once(6))
    return askAccount(systemActor, 'NoteChangeConflict', {
      change: taken,
      key: 'code:1',
      heldBy: 'account-2',
    });
  if (c.once(6)) {
    const { owner = people.registrant } = walk.state;
    const code = c.one(['DISSOLVED', 'OPERATION_CEASED', 'OPERATION_CEASED'] as const);
    return askAccount({ ...people.registrant, id: owner.id }, 'DeclareEnd', { code, note });
  }
  return askAccount(systemActor, 'TakeRegistryChange', { change: taken });
}

/** Does the work of a task, by somebody whom it fits most times. */
export function work(c: Choices, task: Task): Command {
  const taskId = task.id;
  const actor = worker(c, task);
  switch (task.kind) {
    case 'CHASE_SERVICE':
      return askAccount(actor, 'SettleAcknowledgement', { taskId, note });
    case 'REVIEW_CHANGE':
      return askAccount(actor, 'ResolveChangeConflict', { taskId, note });
    case 'REVIEW_OWNER': {
      const { id, name } = c.one([people.registrant, people.binh]);
      return askAccount(actor, 'ReviewOwner', {
        taskId,
        note,
        ...(c.once(2) ? { owner: { id, name } } : {}),
      });
    }
    case 'REVIEW_END':
      return askAccount(actor, 'ResolveEndDeclaration', { taskId, accepted: c.once(4), note });
    default: {
      const action = c.once(2) ? ('RETRY' as const) : ('HANDED_OVER' as const);
      return askAccount(actor, 'ResolveNotice', { taskId, action, note });
    }
  }
}

/** A random command on the locks or the information of an account, or a piece of the work that they made. */
export function randomLockCommand(c: Choices, walk: AccountWalk): Command {
  const task = c.one(walk.state.tasks.filter(isOpen));
  const ground = c.one(walk.state.grounds)?.id ?? 'ground-1';
  const commands: readonly [() => Command, ...(() => Command)[]] = [
    () => order(c, walk),
    () => order(c, walk),
    () => byHand(c, walk),
    () => byHand(c, walk),
    () => acknowledgement(c, walk),
    () => information(c, walk),
    () => (task ? work(c, task) : order(c, walk)),
    () => askAccount(systemActor, 'EndTerm', { groundId: ground }),
  ];
  return c.one(commands)();
}
