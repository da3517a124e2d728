import type { AccountState } from '../../schemas/account.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import type { Task } from '../../schemas/task.ts';
import { isPending } from '../notice/notice.ts';
import { isDissolved } from './dissolved.ts';

const activation: ReadonlySet<NoticeTemplate> = new Set<NoticeTemplate>([
  'ACCOUNT_ISSUED',
  'ACTIVATION_REMINDER',
  'ACTIVATION_OVERDUE',
]);

/** Notices under way; those that ask for activation stop mattering when there is nothing left to activate. */
export function wantedNotices(state: Pick<AccountState, 'status' | 'grounds' | 'notices'>): Notice[] {
  const noActivation = state.status === 'ACTIVE' || isDissolved(state);
  return state.notices.filter((n) => isPending(n) && !(noActivation && activation.has(n.template)));
}

/** The tasks in which somebody delivers a notice that asks for activation. */
export const activationTasks = ({ notices, tasks }: Pick<AccountState, 'notices' | 'tasks'>): Task[] =>
  tasks.filter(
    ({ kind, about }) =>
      kind === 'DELIVER_NOTICE' && notices.some((n) => n.id === about && activation.has(n.template)),
  );
