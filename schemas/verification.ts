import { z } from 'zod';
import {
  AskedBody,
  BodyAnswer,
  BodyAnswers,
  BodyOutcome,
  BodyPlace,
  BodyQuestions,
  BodyRefusal,
} from './body.ts';
import { ElectronicCode, EnterpriseCode, Instant, StreamId, TaxCode, words } from './codes.ts';
import { UnitPlace } from './jurisdiction.ts';
import { PersonRef, Task, TaskCommand, TaskEvent } from './task.ts';

const body = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data: z.strictObject(data) });

/** Whom or what the question is about: an organisation by name and codes, never the dossier; no personal numbers. */
export const VerificationSubject = z.strictObject({
  organisation: words(300),
  code: EnterpriseCode.optional(),
  taxCode: TaxCode.optional(),
  electronicCode: ElectronicCode.optional(),
});
export type VerificationSubject = z.infer<typeof VerificationSubject>;

/** What a police unit asks of a body. `request`: the case that asks and is told the answer, if one does. */
const asking = {
  body: AskedBody,
  place: BodyPlace,
  subject: VerificationSubject,
  request: StreamId.optional(),
  questions: BodyQuestions,
  reason: words(2000),
  legalBasis: words(1000).optional(),
  /** The police unit that asks, of any level (S30). */
  asker: UnitPlace,
  askedBy: PersonRef,
};
const taskId = { taskId: z.string().min(1) };

export const OpenVerification = body('OpenVerification', asking);

/** Everything that can be asked of a verification. */
export const VerificationCommand = z.discriminatedUnion('type', [
  OpenVerification,
  /** Some of the questions; the rest keep waiting. */
  body('AnswerPart', { ...taskId, answers: BodyAnswers }),
  /** All that remain. */
  body('AnswerVerification', { ...taskId, answers: BodyAnswers }),
  body('RefuseVerification', { ...taskId, ...BodyRefusal.shape }),
  /** After the limit: the asking unit reminded the body, and gives it time once more. */
  body('ChaseVerification', { ...taskId, note: words(2000) }),
  body('WithdrawVerification', { note: words(2000) }),
  /** The system: the time of a reminder has come, `number` counts them from 1. */
  body('RemindBody', { number: z.int().positive() }),
  body('MarkVerificationOverdue', { dueAt: Instant }),
  /** The system: the asking case knows the outcome. */
  body('RecordReported', {}),
  ...TaskCommand.options,
]);
export type VerificationCommand = z.infer<typeof VerificationCommand>;

export const VerificationEvent = z.discriminatedUnion('type', [
  body('VerificationOpened', {
    policyVersion: z.string(),
    ...asking,
    office: UnitPlace,
    dueAt: Instant,
    reminders: z.array(Instant),
  }),
  body('VerificationPartAnswered', { answers: z.array(BodyAnswer) }),
  body('VerificationAnswered', { answers: z.array(BodyAnswer), outcome: BodyOutcome }),
  body('VerificationRefused', BodyRefusal.shape),
  body('VerificationWithdrawn', { note: z.string() }),
  body('BodyReminded', { number: z.int().positive() }),
  body('VerificationOverdue', { dueAt: Instant }),
  body('VerificationChased', { dueAt: Instant, note: z.string() }),
  body('OutcomeReported', {}),
  ...TaskEvent.options,
]);
export type VerificationEvent = z.infer<typeof VerificationEvent>;

export const VerificationStatus = z.enum(['NONE', 'SENT', 'OVERDUE', 'ANSWERED', 'REFUSED', 'WITHDRAWN']);
export type VerificationStatus = z.infer<typeof VerificationStatus>;

export const VerificationState = z.strictObject({
  stream: z.string(),
  status: VerificationStatus,
  policyVersion: z.string(),
  asked: z.strictObject({ ...asking, office: UnitPlace }).optional(),
  since: Instant.optional(),
  dueAt: Instant.optional(),
  /** Times of the reminders still to come. */
  reminders: z.array(Instant),
  reminded: z.int().nonnegative(),
  answers: z.array(BodyAnswer),
  outcome: BodyOutcome.optional(),
  refusal: BodyRefusal.optional(),
  reported: z.boolean(),
  tasks: z.array(Task),
});
export type VerificationState = z.infer<typeof VerificationState>;
