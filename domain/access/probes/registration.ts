import type { Actor } from '../../../schemas/actor.ts';
import type { Dossier } from '../../../schemas/dossier.ts';
import type { Jurisdiction } from '../../../schemas/jurisdiction.ts';
import type { RegistrationCommand, RegistrationState } from '../../../schemas/registration.ts';
import { mayAsk } from '../../registration/bodies.ts';
import { isOpen } from '../../task/find.ts';
import { toInstant } from '../../time.ts';
import { bare, never, type Probes, type Probing, WORDS } from './probe.ts';
import { onTask, sharedProbes } from './tasks.ts';

type Filing = Extract<RegistrationCommand, { type: 'FileRequest' }>['data'];

const somebody = { name: WORDS, number: WORDS, nationality: 'VN' };
const someDossier: Dossier = {
  registrant: { ...somebody, kind: 'HEAD', accountLevel: 2 },
  organisation: {
    nameVi: WORDS,
    address: { text: WORDS, commune: 'X' },
    category: 'OTHER_ORG',
    facets: [],
    establishedInVietnam: true,
  },
  otherRepresentatives: [],
  undertaking: true,
  containsStateSecret: false,
};

function somewhere({ unit = 'X', unitPath = [unit] }: Actor): Jurisdiction {
  const place = { unit, name: WORDS, path: unitPath };
  return {
    catalogueVersion: WORDS,
    reception: place,
    receptionIsPc06: false,
    verification: place,
    verificationWhy: WORDS,
  };
}

/** On VNeID for oneself, or on paper at the own desk. */
const filing = ({ actor }: Probing<RegistrationState>): readonly Filing[] =>
  (['VNEID_WEB', 'IN_PERSON_TK02'] as const).map((channel) => ({
    channel,
    registrantId: actor.id,
    dossier: someDossier,
    jurisdiction: somewhere(actor),
  }));

/** The form once more as it is. */
const sameForm = ({ state: { dossier, jurisdiction } }: Probing<RegistrationState>) =>
  dossier && jurisdiction ? [{ dossier, jurisdiction }] : [];

export const registrationProbes: Probes<RegistrationCommand, RegistrationState> = {
  DraftDossier: filing,
  FileRequest: filing,
  ReviseDraft: sameForm,
  SubmitRequest: bare,
  GiveConsent: bare,
  RefuseConsent: bare,
  WithdrawConsent: bare,
  ResubmitRequest: sameForm,
  WithdrawRequest: bare,
  AcceptDossier: onTask('RECEIVE', (taskId) => [{ taskId }]),
  ReturnDossier: onTask('RECEIVE', (taskId) => [{ taskId, reasons: ['INCOMPLETE_DOSSIER'] }]),
  RefuseDossier: onTask('RECEIVE', (taskId) => [{ taskId, reasons: ['NOT_ELIGIBLE'] }]),
  EndWaitEarly: ({ state }) =>
    state.checks
      .filter(({ status }) => status === 'ASKED' || status === 'WAITING')
      .map(({ queryId }) => ({ queryId, note: WORDS })),
  ResolveSilence: onTask('RESOLVE_SILENCE', (taskId, now) => [
    { taskId, action: 'RETRY', note: WORDS },
    { taskId, action: 'WAIT', waitUntil: toInstant(now + 60_000), note: WORDS },
    { taskId, action: 'OVERRIDE', outcome: 'NOT_FOUND', document: WORDS, note: WORDS },
    { taskId, action: 'GO_LOCAL', note: WORDS },
  ]),
  AskBody: ({ state }) =>
    state.tasks
      .filter((task) => isOpen(task) && mayAsk(task.kind))
      .map(({ id }) => ({
        taskId: id,
        body: 'FINANCE',
        place: 'X',
        questions: [{ id: 'q', kind: 'EXISTENCE' }],
        reason: WORDS,
      })),
  ResolveMismatch: onTask('RESOLVE_MISMATCH', (taskId) => [
    { taskId, action: 'TAKE_AS_MATCH', reasons: [], note: WORDS },
    { taskId, action: 'GO_LOCAL', reasons: [], note: WORDS },
    { taskId, action: 'REFUSE', reasons: ['NAME_MISMATCH'], note: WORDS },
  ]),
  RecordFindings: onTask('VERIFY', (taskId) => [{ taskId, result: 'PASS', findings: WORDS, reasons: [] }]),
  ConfirmFindings: onTask('CONFIRM', (taskId) => [
    { taskId, confirmed: true },
    { taskId, confirmed: false },
  ]),
  ProposeIssuance: onTask('PROPOSE', (taskId) => [{ taskId, list: WORDS }]),
  DecideRequest: onTask('DECIDE', (taskId) => [
    { taskId, decision: 'APPROVE', reasons: [] },
    { taskId, decision: 'REFUSE', reasons: ['NOT_ELIGIBLE'] },
    { taskId, decision: 'SEND_BACK', reasons: ['LOCAL_VERIFICATION_FAILED'] },
  ]),
  RecordRegistryAnswer: never,
  RecordRegistrySilence: never,
  RecordBodyAsked: never,
  RecordBodyAnswer: never,
  RecordAccountOpened: never,
  MarkOverdue: never,
  EndWait: never,
  ...sharedProbes,
};
