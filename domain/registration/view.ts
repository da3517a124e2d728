import type { CaseView, Wait } from '../../schemas/case.ts';
import type { RegistrationState, RegistrationStatus } from '../../schemas/registration.ts';
import { noticeWaits } from '../notice/view.ts';
import { taskWaits } from '../task/view.ts';
import { bodyWaits, openBodies } from './bodies-asked.ts';
import { wantedNotices } from './effects.ts';
import { organisationKeys } from './organisation.ts';
import { isDecided } from './state.ts';

/** While a request has one of these the organisation is not reserved by it. */
const unreserved: readonly RegistrationStatus[] = ['NONE', 'DRAFT', 'COMPLETED', 'REFUSED', 'WITHDRAWN'];

export const isRegistrationClosed = (state: RegistrationState): boolean =>
  isDecided(state) && wantedNotices(state).length === 0 && openBodies(state).length === 0;

/** What an inbox, a list or a person at the desk sees of a request. */
export function viewRegistration(state: RegistrationState): CaseView {
  const closed = isRegistrationClosed(state);
  const dueAt = isDecided(state) ? undefined : state.running?.dueAt;
  return {
    status: state.status,
    title: state.dossier?.organisation.nameVi ?? '',
    ...(state.jurisdiction === undefined ? {} : { unit: state.jurisdiction.verification.unit }),
    closed,
    overdue: state.overdue,
    ...(dueAt === undefined ? {} : { dueAt }),
    waits: closed ? [] : waits(state),
    tasks: state.tasks,
    claims: state.dossier && !unreserved.includes(state.status) ? organisationKeys(state.dossier) : [],
  };
}

function waits(state: RegistrationState): Wait[] {
  return [
    ...ownWaits(state),
    ...bodyWaits(state),
    ...taskWaits(state.tasks),
    ...noticeWaits(wantedNotices(state)),
  ];
}

function ownWaits(state: RegistrationState): Wait[] {
  const since = state.since ?? '';
  const registrant = state.registrant?.name ?? '';
  switch (state.status) {
    case 'DRAFT':
      return [{ kind: 'PERSON', owner: registrant, what: 'SUBMIT', since }];
    case 'RETURNED':
      return [{ kind: 'PERSON', owner: registrant, what: 'SUPPLEMENT', since }];
    case 'AWAITING_CONSENT':
      return state.consents
        .filter((c) => c.status === 'ASKED')
        .map((c) => ({ kind: 'PERSON', owner: c.name, what: 'CONSENT', since }));
    case 'DB_CHECK':
      return state.checks.flatMap((check): Wait[] => {
        if (check.status !== 'ASKED' && check.status !== 'WAITING') return [];
        const until = check.status === 'WAITING' && check.waitUntil ? { until: check.waitUntil } : {};
        const owner = check.status === 'WAITING' ? (check.waitOwner ?? check.registry) : check.registry;
        return [{ kind: 'REGISTRY', owner, what: check.registry, since: check.askedAt, ...until }];
      });
    case 'ISSUED':
      return [{ kind: 'SYSTEM', owner: 'Org eID', what: 'OPEN_ACCOUNT', since }];
    default:
      return [];
  }
}
