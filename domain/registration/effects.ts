import type { AccountCommand } from '../../schemas/account.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { RegistrationCommand, RegistrationState } from '../../schemas/registration.ts';
import type { RecordField, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { Deadline, Effect } from '../decider.ts';
import { type NotifyEffect, noticeEffects } from '../notice/effects.ts';
import { isPending } from '../notice/notice.ts';
import { earliest, taskDeadlines } from '../task/deadline.ts';
import { toMs } from '../time.ts';
import { type BodyEffect, bodyEffects } from './bodies-asked.ts';
import { declaredValues, organisationKeys } from './organisation.ts';
import { isDecided, isUndecided } from './state.ts';

/** What a registry is to be asked; the activity adds attempt and time. */
export type AskInput = {
  readonly queryId: string;
  readonly registry: Registry;
  readonly subject: RegistryQuery['subject'];
  readonly fields: readonly RecordField[];
};
export type OpenAccountInput = {
  readonly account: string;
  readonly data: Extract<AccountCommand, { type: 'OpenAccount' }>['data'];
};
export type RegistrationEffect =
  | Effect<'askRegistry', AskInput>
  | Effect<'openAccount', OpenAccountInput>
  | BodyEffect
  | NotifyEffect;

/** Notices that still matter: once the request is decided, only that of its refusal. */
export const wantedNotices = (state: RegistrationState): Notice[] =>
  state.notices.filter((n) => isPending(n) && (!isDecided(state) || n.template === 'REQUEST_REFUSED'));

/** What the world should be doing for a request now. */
export function registrationEffects(state: RegistrationState): RegistrationEffect[] {
  return [
    ...asks(state),
    ...bodyEffects(state),
    ...accountOpening(state),
    ...noticeEffects(state.stream, wantedNotices(state)),
  ];
}

function asks(state: RegistrationState): RegistrationEffect[] {
  const { dossier } = state;
  if (state.status !== 'DB_CHECK' || !dossier) return [];
  const { category, code, taxCode, nameVi, representative } = dossier.organisation;
  return state.checks
    .filter((check) => check.status === 'ASKED')
    .map(({ queryId, registry, fields }) => {
      const person =
        registry === 'POPULATION' && representative ? { personNumber: representative.number } : {};
      const codes = {
        ...(code === undefined ? {} : { code }),
        ...(taxCode === undefined ? {} : { taxCode }),
      };
      const subject = { category, nameVi, ...codes, ...person };
      return { key: queryId, kind: 'askRegistry', input: { queryId, registry, subject, fields } };
    });
}

function accountOpening(state: RegistrationState): RegistrationEffect[] {
  const { dossier, identity, account, registrant } = state;
  if (state.status !== 'ISSUED' || !dossier || !identity || account === undefined || !registrant) return [];
  const data = {
    number: identity.identificationNumber,
    identity,
    request: state.stream,
    owner: registrant,
    organisationKeys: organisationKeys(dossier),
    category: dossier.organisation.category,
    values: declaredValues(dossier),
  };
  return [{ key: 'open-account', kind: 'openAccount', input: { account, data } }];
}

/**
 * The limit, the end of a wait for a registry, and the due times of tasks, whichever comes first. Of equals the limit goes before: it marks
 * the tasks with it, and nobody can decide between the two.
 */
export function registrationDeadline(state: RegistrationState): Deadline<RegistrationCommand> | undefined {
  const deadlines: Deadline<RegistrationCommand>[] = [];
  if (state.running && !state.overdue && isUndecided(state)) {
    deadlines.push({ at: toMs(state.running.dueAt), command: { type: 'MarkOverdue', data: {} } });
  }
  for (const { status, waitUntil, queryId } of state.checks) {
    if (state.status === 'DB_CHECK' && status === 'WAITING' && waitUntil !== undefined) {
      deadlines.push({ at: toMs(waitUntil), command: { type: 'EndWait', data: { queryId } } });
    }
  }
  return earliest([...deadlines, ...taskDeadlines(state.tasks)]);
}
