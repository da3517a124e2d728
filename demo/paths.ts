import type { Reason } from '../schemas/enums.ts';
import type { ErrorCode } from '../schemas/errors.ts';

/** How a request stands when the demo is over. */
export type Outcome =
  | 'ACTIVATED'
  | 'ACTIVATED_BY_CALL_CENTRE'
  | 'ACTIVATION_OVERDUE'
  | 'ISSUED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'WAITS_FOR_REGISTRANT'
  | 'NOT_TAKEN'
  | 'RUNNING';

/** What a storyline must lead to: its outcome, events that must be there in this order, refusals that people must meet. */
export type Expected = {
  readonly outcome: Outcome;
  readonly events?: readonly string[];
  readonly reasons?: readonly Reason[];
  readonly met?: readonly ErrorCode[];
};

const local = [
  'RegistryAnswered',
  'RouteChosen',
  'FindingsRecorded',
  'FindingsConfirmed',
  'IssuanceProposed',
];

/** Every storyline that a row may name in its column `path`. */
export const paths = {
  'direct match': {
    outcome: 'ACTIVATED',
    events: ['RequestAccepted', 'RegistryAnswered', 'IssuanceProposed', 'RequestApproved', 'AccountIssued'],
  },
  'filed in person': {
    outcome: 'ACTIVATED',
    events: ['RequestSubmitted', 'TaskCompleted', 'RequestAccepted'],
  },
  'local pass': { outcome: 'ACTIVATED', events: local },
  'local fail': {
    outcome: 'REFUSED',
    events: ['FindingsRecorded', 'FindingsConfirmed', 'RequestRefused'],
    reasons: ['LOCAL_VERIFICATION_FAILED'],
  },
  'parent unit verifies': { outcome: 'ACTIVATED', events: local },
  'mismatch mended': {
    outcome: 'ACTIVATED',
    events: [
      'MismatchResolved',
      'SupplementRequested',
      'RequestResubmitted',
      'RequestAccepted',
      'AccountIssued',
    ],
  },
  'mismatch refused': { outcome: 'REFUSED', events: ['MismatchResolved', 'RequestRefused'] },
  'doubt taken as match': {
    outcome: 'ACTIVATED',
    events: ['MismatchResolved', 'RouteChosen', 'AccountIssued'],
  },
  'foreign representative': {
    outcome: 'REFUSED',
    events: ['RequestRefused'],
    reasons: ['FOREIGN_REP_WITHOUT_EID'],
    met: ['EID_ERR_DOSSIER_NOT_VALID'],
  },
  'foreign representative, authorised person': { outcome: 'ACTIVATED', events: ['AccountIssued'] },
  'two representatives consent': {
    outcome: 'ACTIVATED',
    events: ['ConsentAsked', 'ConsentGiven', 'ConsentGiven', 'RequestSubmitted', 'AccountIssued'],
  },
  'consent refused': {
    outcome: 'WAITS_FOR_REGISTRANT',
    events: ['ConsentAsked', 'ConsentRefused', 'RequestBlocked'],
  },
  'consent withdrawn': {
    outcome: 'WAITS_FOR_REGISTRANT',
    events: ['ConsentAsked', 'ConsentGiven', 'ConsentWithdrawn', 'RequestBlocked'],
  },
  dissolved: { outcome: 'REFUSED', events: ['MismatchResolved'], reasons: ['ORG_DISSOLVED_OR_CEASED'] },
  ceased: { outcome: 'REFUSED', events: ['MismatchResolved'], reasons: ['ORG_DISSOLVED_OR_CEASED'] },
  duplicate: { outcome: 'NOT_TAKEN', met: ['EID_ERR_ORGANISATION_TAKEN'] },
  'silent registry overridden': {
    outcome: 'ACTIVATED',
    events: [
      'RegistryFellSilent',
      'RegistryOverridden',
      'LimitChanged',
      'FindingsConfirmed',
      'AccountIssued',
    ],
  },
  'silent registry answers on retry': {
    outcome: 'ACTIVATED',
    events: ['RegistryFellSilent', 'RegistryAsked', 'RegistryAnswered', 'AccountIssued'],
  },
  withdrawn: { outcome: 'WITHDRAWN', events: ['RequestAccepted', 'RequestWithdrawn'] },
  'state secret': {
    outcome: 'ACTIVATED',
    events: ['DossierDrafted', 'AccountIssued'],
    met: ['EID_ERR_STATE_SECRET_ONLINE'],
  },
  'armed forces': { outcome: 'ACTIVATED', events: ['AccountIssued'], met: ['EID_ERR_ARMED_FORCES_PC06'] },
  incomplete: {
    outcome: 'ACTIVATED',
    events: ['SupplementRequested', 'RequestResubmitted', 'RequestAccepted', 'AccountIssued'],
  },
  'sent back by the head': {
    outcome: 'ACTIVATED',
    events: [
      'FindingsRecorded',
      'FindingsSentBack',
      'FindingsRecorded',
      'FindingsConfirmed',
      'AccountIssued',
    ],
  },
  'sent back by the director': {
    outcome: 'ACTIVATED',
    events: [
      'IssuanceProposed',
      'SentBackForVerification',
      'FindingsConfirmed',
      'IssuanceProposed',
      'AccountIssued',
    ],
  },
  delegated: {
    outcome: 'ACTIVATED',
    events: ['TaskClaimed', 'TaskDelegated', 'FindingsRecorded', 'AccountIssued'],
  },
  reassigned: { outcome: 'ACTIVATED', events: ['TaskReassigned', 'FindingsRecorded', 'AccountIssued'] },
  'limit passed, then decided': {
    outcome: 'ACTIVATED',
    events: ['RequestOverdue', 'RequestApproved', 'AccountIssued'],
  },
  'activation overdue, then call centre': {
    outcome: 'ACTIVATED_BY_CALL_CENTRE',
    events: ['ActivationReminded', 'ActivationFellOverdue', 'AccountActivated'],
    met: ['EID_ERR_ACTIVATION_OVERDUE'],
  },
  'activation overdue': {
    outcome: 'ACTIVATION_OVERDUE',
    events: ['ActivationReminded', 'ActivationFellOverdue'],
  },
  'notice by the second channel': {
    outcome: 'ACTIVATED',
    events: ['NoticeChannelFailed', 'NoticeDelivered', 'ActivationPeriodStarted'],
  },
  'notice handed over by a person': {
    outcome: 'ACTIVATED',
    events: ['NoticeUndeliverable', 'NoticeHandedOver', 'ActivationPeriodStarted'],
  },
} as const satisfies Record<string, Expected>;

export type Path = keyof typeof paths;

export const isPath = (text: string): text is Path => Object.hasOwn(paths, text);

export const expectedOf = (path: Path): Expected => paths[path];
