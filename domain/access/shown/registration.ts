import type { AskedOfBody } from '../../../schemas/body.ts';
import type { Dossier } from '../../../schemas/dossier.ts';
import type { RegistrationEvent, RegistrationState } from '../../../schemas/registration.ts';
import { only, type Shown, unshown } from './fact.ts';
import { shownNotice, shownNotices } from './notices.ts';
import { shownTask } from './people.ts';

/**
 * A request as those who ask for the account follow it. What registries answered and officers found is shown once it is a reason of a
 * return or a refusal, or confirmed.
 */
export function shownRegistration(state: RegistrationState, reader: string): RegistrationState {
  const { findings, bodies, ...rest } = state;
  return {
    ...rest,
    checks: state.checks.map(({ waitOwner: _, outcome: __, ...check }) => ({ ...check, mismatched: [] })),
    ...(findings?.confirmed ? { findings } : {}),
    ...(bodies === undefined ? {} : { bodies: bodies.map(shownBody) }),
    tasks: state.tasks.map(shownTask),
    notices: shownNotices(state.notices, reader),
  };
}

/** That a body is asked, and until when; what it is asked and what it says is between offices. */
const shownBody = ({ asking: _, outcome: __, refusal: ___, ...body }: AskedOfBody): AskedOfBody => ({
  ...body,
  answers: [],
});

/** An earlier dossier may be without the reader, or the reader's agreement was not asked for yet. */
const names = (dossier: Dossier, reader: string): boolean =>
  dossier.otherRepresentatives.some(({ id }) => id === reader);

export function shownRegistrationEvent(
  event: RegistrationEvent,
  { registrantId, notices }: RegistrationState,
  reader: string,
): Shown {
  switch (event.type) {
    case 'DossierDrafted':
    case 'DraftRevised':
    case 'RequestResubmitted':
      return reader === registrantId || names(event.data.dossier, reader)
        ? event.data
        : only(event.data, 'jurisdiction');
    case 'ConsentAsked':
    case 'ConsentGiven':
    case 'ConsentRefused':
    case 'ConsentWithdrawn':
    case 'RequestBlocked':
    case 'RequestSubmitted':
    case 'RequestAccepted':
    case 'SupplementRequested': // its note is in the notice
    case 'LimitChanged':
    case 'RequestOverdue':
    case 'RequestRefused': // as well
    case 'RequestWithdrawn':
    case 'NumberAllocated':
    case 'AccountIssued':
    case 'AccountOpened':
      return event.data;
    case 'RegistryAsked':
      return only(event.data, 'registry', 'round');
    case 'RegistryAnswered':
      return only(event.data, 'registry', 'answeredAt');
    case 'RegistryFellSilent':
    case 'RegistryOverridden':
      return only(event.data, 'registry');
    case 'RegistryWaitExtended':
      return only(event.data, 'registry', 'until');
    case 'BodyAsked':
      return only(event.data, 'verification', 'body', 'office');
    case 'BodyQuestionSent':
      return event.data;
    case 'BodyAnswered':
      return only(event.data, 'verification');
    case 'RouteChosen':
      return only(event.data, 'route');
    case 'FindingsConfirmed':
      return only(event.data, 'result');
    case 'RequestApproved':
      return only(event.data, 'authority');
    case 'IssuanceProposed':
    case 'SentBackForVerification':
      return {};
    case 'MismatchResolved':
    case 'FindingsRecorded':
    case 'FindingsSentBack':
    case 'TaskOpened':
    case 'TaskClaimed':
    case 'TaskReleased':
    case 'TaskReassigned':
    case 'TaskDelegated':
    case 'TaskEscalated':
    case 'TaskOverdue':
    case 'TaskCompleted':
    case 'TaskCancelled':
      return undefined;
    case 'NoticeOrdered':
    case 'NoticeDelivered':
    case 'NoticeChannelFailed':
    case 'NoticeUndeliverable':
    case 'NoticeRetried':
    case 'NoticeHandedOver':
      return shownNotice(event, shownNotices(notices, reader), reader);
    default:
      return unshown(event);
  }
}
