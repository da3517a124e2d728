import type { AccountCommand, AccountState } from '../../schemas/account.ts';
import type { CaseView, Wait } from '../../schemas/case.ts';
import type { Deadline } from '../decider.ts';
import { type NotifyEffect, noticeEffects } from '../notice/effects.ts';
import { noticeWaits } from '../notice/view.ts';
import { earliest, taskDeadlines } from '../task/deadline.ts';
import { isOpen } from '../task/find.ts';
import { taskWaits } from '../task/view.ts';
import { toMs } from '../time.ts';
import { runningPeriod } from './clock.ts';
import { isDissolved } from './dissolved.ts';
import { wantedNotices } from './notices.ts';
import { isAwaited } from './obedience.ts';
import { publicStatus } from './status.ts';

/** What the world should be doing for an account now. */
export const accountEffects = (state: AccountState): NotifyEffect[] =>
  noticeEffects(state.stream, wantedNotices(state));

type Due = Deadline<AccountCommand>;

/** Reminders and the end of the activation period, ends of terms, acknowledgements, and the due times of tasks. */
export const accountDeadline = (state: AccountState): Due | undefined =>
  earliest<AccountCommand>([
    ...taskDeadlines(state.tasks),
    ...activationDeadlines(state),
    ...termDeadlines(state),
    ...acknowledgementDeadlines(state),
  ]);

function activationDeadlines(state: AccountState): Due[] {
  const period = runningPeriod(state);
  if (!period) return [];
  const reminder = period.reminders[state.reminded];
  return [
    ...(reminder === undefined
      ? []
      : [{ at: toMs(reminder), command: { type: 'SendReminder' as const, data: {} } }]),
    { at: toMs(period.dueAt), command: { type: 'MarkActivationOverdue', data: {} } },
  ];
}

const termDeadlines = (state: AccountState): Due[] =>
  isDissolved(state)
    ? []
    : state.grounds.flatMap(({ id, until }) =>
        until === undefined
          ? []
          : [{ at: toMs(until), command: { type: 'EndTerm' as const, data: { groundId: id } } }],
      );

const acknowledgementDeadlines = ({ obedience }: AccountState): Due[] =>
  obedience
    .filter(({ status }) => status === 'AWAITED')
    .map(({ service, seq, dueAt }) => ({
      at: toMs(dueAt),
      command: { type: 'MarkAcknowledgementOverdue', data: { service, seq } },
    }));

function ownWaits(state: AccountState): Wait[] {
  if (isDissolved(state)) return [];
  if (state.grounds.length > 0) return groundWaits(state);
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

/** A locked account waits for whoever can have its grounds lifted. */
const groundWaits = ({ grounds }: AccountState): Wait[] =>
  grounds.map(({ authority, liftedBy, since, until }) => ({
    kind: liftedBy === 'REGISTRY' ? 'REGISTRY' : 'PERSON',
    owner: authority.name,
    what: 'LIFT_GROUND',
    since,
    ...(until === undefined ? {} : { until }),
  }));

const serviceWaits = ({ obedience, lockedAt }: AccountState): Wait[] =>
  obedience.filter(isAwaited).map(({ service, since, dueAt }) => ({
    kind: 'SERVICE',
    owner: service,
    what: 'ACKNOWLEDGE_LOCK',
    since: lockedAt ?? since,
    until: dueAt,
  }));

/** Nothing is left to deliver after the end of the organisation. */
const isClosed = (state: AccountState): boolean =>
  isDissolved(state) &&
  wantedNotices(state).length === 0 &&
  !state.obedience.some(isAwaited) &&
  !state.tasks.some(isOpen);

/** What a list or a person sees of an account. It closes only after its organisation has ended; its records and claims stay. */
export function viewAccount(state: AccountState): CaseView {
  const { status, number, organisationKeys, obedience, request, tasks } = state;
  const period = runningPeriod(state);
  const late = status === 'ACTIVATION_OVERDUE' && !isDissolved(state);
  return {
    status: publicStatus(state) ?? status,
    title: state.identity?.names.vi ?? '',
    closed: isClosed(state),
    overdue: late || obedience.some((one) => one.status === 'OVERDUE'),
    ...(period ? { dueAt: period.dueAt } : {}),
    waits: [
      ...ownWaits(state),
      ...serviceWaits(state),
      ...taskWaits(tasks),
      ...noticeWaits(wantedNotices(state)),
    ],
    tasks,
    claims: [...organisationKeys, ...(number === undefined ? [] : [`number:${number}`])],
    ...(request === undefined ? {} : { claimsFrom: request }),
  };
}
