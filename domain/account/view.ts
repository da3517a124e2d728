import type { AccountCommand, AccountState } from '../../schemas/account.ts';
import type { CaseView, Wait } from '../../schemas/case.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { Deadline } from '../decider.ts';
import { type NotifyEffect, noticeEffects } from '../notice/effects.ts';
import { isPending } from '../notice/notice.ts';
import { noticeWaits } from '../notice/view.ts';
import { earliest, taskDeadlines } from '../task/deadline.ts';
import { taskWaits } from '../task/view.ts';
import { toMs } from '../time.ts';

/** Notices stop mattering once the account is active. */
export const wantedNotices = (state: AccountState): Notice[] =>
  state.status === 'ACTIVE' ? [] : state.notices.filter(isPending);

/** What the world should be doing for an account now. */
export const accountEffects = (state: AccountState): NotifyEffect[] =>
  noticeEffects(state.stream, wantedNotices(state));

/** Reminders, then the end of the activation period, and the due times of tasks. */
export function accountDeadline(state: AccountState): Deadline<AccountCommand> | undefined {
  const deadlines: Deadline<AccountCommand>[] = [...taskDeadlines(state.tasks)];
  if (state.status === 'ISSUED' && state.period) {
    const reminder = state.period.reminders[state.reminded];
    if (reminder !== undefined) {
      deadlines.push({ at: toMs(reminder), command: { type: 'SendReminder', data: {} } });
    }
    deadlines.push({ at: toMs(state.period.dueAt), command: { type: 'MarkActivationOverdue', data: {} } });
  }
  return earliest(deadlines);
}

function ownWaits(state: AccountState): Wait[] {
  const owner = state.owner?.name ?? '';
  const wait = { kind: 'PERSON' as const, owner, since: state.activatedAt ?? state.openedAt ?? '' };
  switch (state.status) {
    case 'NONE':
      return [];
    case 'ISSUED':
      return [{ ...wait, what: 'ACTIVATE', ...(state.period ? { until: state.period.dueAt } : {}) }];
    case 'ACTIVATION_OVERDUE':
      return [{ ...wait, what: 'ACTIVATE_THROUGH_CALL_CENTRE' }];
    case 'ACTIVE':
      return [{ ...wait, what: 'USE' }];
  }
}

/** What a list or a person sees of an account. It never closes: records are permanent. */
export function viewAccount(state: AccountState): CaseView {
  return {
    status: state.status,
    title: state.identity?.names.vi ?? '',
    closed: false,
    overdue: state.status === 'ACTIVATION_OVERDUE',
    ...(state.status === 'ISSUED' && state.period ? { dueAt: state.period.dueAt } : {}),
    waits: [...ownWaits(state), ...taskWaits(state.tasks), ...noticeWaits(wantedNotices(state))],
    tasks: state.tasks,
    claims: state.organisationKeys,
    ...(state.request === undefined ? {} : { claimsFrom: state.request }),
  };
}
