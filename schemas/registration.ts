import { z } from 'zod';
import {
  AskedBody,
  AskedOfBody,
  BodyAnswer,
  BodyAsking,
  BodyOutcome,
  BodyPlace,
  BodyRefusal,
} from './body.ts';
import { IdentificationNumber, Instant, LocalDate, StreamId } from './codes.ts';
import { Dossier, ElectronicIdentity } from './dossier.ts';
import { Channel, Reason } from './enums.ts';
import { Jurisdiction } from './jurisdiction.ts';
import { FieldOutcome, MatchBand } from './matching.ts';
import { Contact, Notice, NoticeCommand, NoticeEvent } from './notice.ts';
import { Limit, Route } from './policy.ts';
import {
  QuestionId,
  RecordField,
  RecordValues,
  Registry,
  RegistryAnswer,
  RegistryStatus,
} from './registry.ts';
import { Task, TaskCommand, TaskEvent } from './task.ts';

const note = { note: z.string().max(2000).optional() };
const reasons = { reasons: z.array(Reason) };
const taskId = { taskId: z.string().min(1) };
/** `registrantId` is the opaque id of the person who registers: on VNeID the caller, on paper whom the officer serves. */
const filing = {
  channel: Channel,
  registrantId: z.string().min(1).max(120),
  dossier: Dossier,
  jurisdiction: Jurisdiction,
};

const bodyAnswer = {
  verification: StreamId,
  outcome: BodyOutcome,
  answers: z.array(BodyAnswer),
  refusal: BodyRefusal.optional(),
};

const command = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data: z.strictObject(data) });

/** What a person may record in the place of a registry that does not answer. */
export const OverriddenOutcome = z.enum(['MATCH', 'MISMATCH', 'NOT_FOUND']);
export type OverriddenOutcome = z.infer<typeof OverriddenOutcome>;

/** Everything that can be asked of a request for an account. */
export const RegistrationCommand = z.discriminatedUnion('type', [
  command('DraftDossier', filing),
  command('ReviseDraft', { dossier: Dossier, jurisdiction: Jurisdiction }),
  command('SubmitRequest', {}),
  /** Drafts and submits in one step, as "send" on VNeID does. */
  command('FileRequest', filing),
  command('GiveConsent', note),
  command('RefuseConsent', note),
  command('WithdrawConsent', note),
  command('AcceptDossier', taskId),
  command('ReturnDossier', { ...taskId, ...reasons, ...note }),
  command('RefuseDossier', { ...taskId, ...reasons, ...note }),
  command('ResubmitRequest', { dossier: Dossier, jurisdiction: Jurisdiction }),
  command('WithdrawRequest', note),
  command('RecordRegistryAnswer', { answer: RegistryAnswer }),
  command('RecordRegistrySilence', {
    queryId: QuestionId,
    attempts: z.int().nonnegative(),
    detail: z.string(),
  }),
  /** Ends the wait for a registry before the policy does, so that a person decides how to go on. */
  command('EndWaitEarly', { queryId: QuestionId, note: z.string().min(1).max(2000) }),
  command('ResolveSilence', {
    ...taskId,
    action: z.enum(['RETRY', 'WAIT', 'OVERRIDE', 'GO_LOCAL']),
    waitUntil: Instant.optional(),
    /** With `OVERRIDE`: what the registry said by another way, and the paper that shows it. */
    outcome: OverriddenOutcome.optional(),
    document: z.string().min(1).max(500).optional(),
    note: z.string().min(1).max(2000),
  }),
  command('ResolveMismatch', {
    ...taskId,
    action: z.enum(['TAKE_AS_MATCH', 'RETURN', 'REFUSE', 'GO_LOCAL']),
    ...reasons,
    note: z.string().min(1).max(2000),
  }),
  command('RecordFindings', {
    ...taskId,
    result: z.enum(['PASS', 'FAIL']),
    findings: z.string().min(1).max(5000),
    ...reasons,
  }),
  command('ConfirmFindings', { ...taskId, confirmed: z.boolean(), ...note }),
  command('ProposeIssuance', { ...taskId, list: z.string().min(1).max(100), ...note }),
  command('DecideRequest', {
    ...taskId,
    decision: z.enum(['APPROVE', 'REFUSE', 'SEND_BACK']),
    ...reasons,
    ...note,
  }),
  /** The officer of an open task asks another body; the task stays open, and so does its limit. */
  command('AskBody', {
    ...taskId,
    body: AskedBody,
    place: BodyPlace,
    ...BodyAsking.pick({ questions: true, reason: true, legalBasis: true }).shape,
  }),
  /** The system: the body has the question, and answers by `until`. */
  command('RecordBodyAsked', { verification: StreamId, until: Instant }),
  command('RecordBodyAnswer', bodyAnswer),
  command('RecordAccountOpened', { account: StreamId }),
  command('MarkOverdue', {}),
  command('EndWait', { queryId: QuestionId }),
  ...TaskCommand.options,
  ...NoticeCommand.options,
]);
export type RegistrationCommand = z.infer<typeof RegistrationCommand>;

/** What a registry's answer means for the request, once its fields were compared. */
export const CheckOutcome = z.enum(['MATCH', 'UNCERTAIN', 'MISMATCH', 'NOT_FOUND', 'ENDED']);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** The running limit: which one, from when, and when it ends (after roll-over). */
export const RunningLimit = z.strictObject({
  kind: z.enum(['IN_DATABASES', 'NOT_IN_DATABASES']),
  limit: Limit,
  startedAt: Instant,
  dueOn: LocalDate,
  dueAt: Instant,
});
export type RunningLimit = z.infer<typeof RunningLimit>;

/** Every event of a request for an account. */
export const RegistrationEvent = z.discriminatedUnion('type', [
  command('DossierDrafted', { policyVersion: z.string(), ...filing }),
  command('DraftRevised', { dossier: Dossier, jurisdiction: Jurisdiction }),
  command('ConsentAsked', { representatives: z.array(z.string()) }),
  command('ConsentGiven', { representative: z.string(), ...note }),
  command('ConsentRefused', { representative: z.string(), ...note }),
  command('ConsentWithdrawn', { representative: z.string(), ...note }),
  command('RequestBlocked', reasons),
  command('RequestSubmitted', {}),
  command('RequestAccepted', { running: RunningLimit }),
  command('SupplementRequested', { ...reasons, ...note, fields: z.array(z.string()) }),
  command('RequestResubmitted', { dossier: Dossier, jurisdiction: Jurisdiction }),
  command('RegistryAsked', {
    queryId: QuestionId,
    registry: Registry,
    round: z.int().positive(),
    fields: z.array(RecordField),
  }),
  command('RegistryAnswered', {
    queryId: QuestionId,
    registry: Registry,
    answerId: z.string(),
    reference: z.string(),
    answeredAt: Instant,
    outcome: CheckOutcome,
    status: RegistryStatus.optional(),
    values: RecordValues.optional(),
    band: MatchBand.optional(),
    score: z.number().optional(),
    fields: z.array(FieldOutcome),
  }),
  command('RegistryFellSilent', {
    queryId: QuestionId,
    registry: Registry,
    attempts: z.int(),
    detail: z.string(),
    ...note,
  }),
  command('RegistryWaitExtended', {
    queryId: QuestionId,
    registry: Registry,
    until: Instant,
    note: z.string(),
  }),
  command('RegistryOverridden', {
    registry: Registry,
    note: z.string(),
    outcome: OverriddenOutcome.optional(),
    document: z.string().optional(),
  }),
  command('MismatchResolved', {
    action: z.enum(['TAKE_AS_MATCH', 'RETURN', 'REFUSE', 'GO_LOCAL']),
    note: z.string(),
  }),
  command('RouteChosen', { route: Route, why: z.string() }),
  command('LimitChanged', { running: RunningLimit, why: z.literal('INFORMATION_NOT_IN_DATABASES') }),
  command('FindingsRecorded', { result: z.enum(['PASS', 'FAIL']), findings: z.string(), ...reasons }),
  command('FindingsConfirmed', { result: z.enum(['PASS', 'FAIL']), ...note }),
  command('FindingsSentBack', note),
  command('BodyAsked', {
    verification: StreamId,
    body: AskedBody,
    place: BodyPlace,
    office: AskedOfBody.shape.office,
    asking: BodyAsking,
  }),
  command('BodyQuestionSent', { verification: StreamId, until: Instant }),
  command('BodyAnswered', bodyAnswer),
  command('IssuanceProposed', { list: z.string(), ...note }),
  command('SentBackForVerification', { ...reasons, ...note }),
  command('RequestApproved', { authority: z.string(), ...note }),
  command('RequestRefused', {
    stage: z.enum(['CONSENT', 'RECEPTION', 'DATABASES', 'LOCAL_VERIFICATION', 'DECISION']),
    ...reasons,
    ...note,
  }),
  command('NumberAllocated', { number: IdentificationNumber }),
  command('AccountIssued', {
    number: IdentificationNumber,
    identity: ElectronicIdentity,
    account: StreamId,
  }),
  command('AccountOpened', { account: StreamId }),
  command('RequestWithdrawn', note),
  command('RequestOverdue', { limit: z.enum(['IN_DATABASES', 'NOT_IN_DATABASES']), dueAt: Instant }),
  ...TaskEvent.options,
  ...NoticeEvent.options,
]);
export type RegistrationEvent = z.infer<typeof RegistrationEvent>;

export const RegistrationStatus = z.enum([
  'NONE',
  'DRAFT',
  'AWAITING_CONSENT',
  'SUBMITTED',
  'RETURNED',
  'DB_CHECK',
  'DB_FAILED',
  'LOCAL_VERIFICATION',
  'PENDING_PROPOSAL',
  'PENDING_APPROVAL',
  'ISSUED',
  'COMPLETED',
  'REFUSED',
  'WITHDRAWN',
]);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/** One registry's part in a request; `OVERRIDDEN` when a person chose to go on without it. */
export const RegistryCheck = z.strictObject({
  registry: Registry,
  queryId: QuestionId,
  round: z.int().positive(),
  fields: z.array(RecordField),
  status: z.enum(['ASKED', 'SILENT', 'WAITING', 'ANSWERED', 'OVERRIDDEN']),
  askedAt: Instant,
  waitUntil: Instant.optional(),
  waitOwner: z.string().optional(),
  outcome: CheckOutcome.optional(),
  mismatched: z.array(RecordField),
});
export type RegistryCheck = z.infer<typeof RegistryCheck>;

export const Consent = z.strictObject({
  representative: z.string(),
  name: z.string(),
  status: z.enum(['ASKED', 'GIVEN', 'REFUSED', 'WITHDRAWN']),
});
export type Consent = z.infer<typeof Consent>;

/** State of a request: the fold of its events. */
export const RegistrationState = z.strictObject({
  stream: z.string(),
  status: RegistrationStatus,
  policyVersion: z.string(),
  channel: Channel.optional(),
  dossier: Dossier.optional(),
  jurisdiction: Jurisdiction.optional(),
  registrantId: z.string().optional(),
  registrant: Contact.optional(),
  since: Instant.optional(),
  consents: z.array(Consent),
  firstAcceptedAt: Instant.optional(),
  running: RunningLimit.optional(),
  overdue: z.boolean(),
  round: z.int().nonnegative(),
  checks: z.array(RegistryCheck),
  route: Route.optional(),
  /** Other bodies that are or were asked. */
  bodies: z.array(AskedOfBody).optional(),
  findings: z
    .strictObject({ result: z.enum(['PASS', 'FAIL']), confirmed: z.boolean(), reasons: z.array(Reason) })
    .optional(),
  tasks: z.array(Task),
  notices: z.array(Notice),
  identity: ElectronicIdentity.optional(),
  account: StreamId.optional(),
  refusal: z.strictObject({ stage: z.string(), reasons: z.array(Reason) }).optional(),
});
export type RegistrationState = z.infer<typeof RegistrationState>;
