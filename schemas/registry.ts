import { z } from 'zod';
import { Instant, LocalDate } from './codes.ts';
import { NoticeChannel, OrganisationCategory } from './enums.ts';

/** Registries that a request may be checked against (Art 12 step 2). */
export const Registry = z.enum(['BUSINESS', 'COOPERATIVE', 'TAX', 'POPULATION']);
export type Registry = z.infer<typeof Registry>;

/** Whoever is asked over NATS: a registry, or the gateway of a notification channel. */
export const Party = z.enum([...Registry.options, ...NoticeChannel.options]);
export type Party = z.infer<typeof Party>;

/** Field names of an organisation record, as matching and the registries use them. */
export const RecordField = z.enum([
  'name_vi',
  'name_abbr',
  'name_en',
  'address',
  'representative_name',
  'representative_id',
  'established_on',
  'tax_code',
  'enterprise_code',
]);
export type RecordField = z.infer<typeof RecordField>;

/** Field values that were declared, or that a registry holds. An absent field is not held. */
export const RecordValues = z.partialRecord(RecordField, z.string().max(1000));
export type RecordValues = z.infer<typeof RecordValues>;

/** `<case stream>.<registry or notice>.<round>`: names the question, and the activity that waits for the answer. */
export const QuestionId = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.\d+$/, 'EID_ERR_SHAPE_QUESTION_ID');
export type QuestionId = z.infer<typeof QuestionId>;

/** What a registry is asked. Fields may be added in later versions; an adapter ignores what it does not know. */
export const RegistryQuery = z.object({
  schema: z.literal('registry-query/1'),
  id: QuestionId,
  registry: Registry,
  attempt: z.int().positive(),
  /** How often the question is put at most. The last attempt is worth answering even after `answerBy`. */
  attempts: z.int().positive().optional(),
  askedAt: Instant,
  /** When this attempt is given up; another one follows unless it was the last. */
  answerBy: Instant.optional(),
  correlationId: z.string().max(120),
  /** What to look the record up by. */
  subject: z.object({
    category: OrganisationCategory,
    code: z.string().optional(),
    taxCode: z.string().optional(),
    nameVi: z.string(),
    /** Population register only: the person's number. */
    personNumber: z.string().optional(),
  }),
  fields: z.array(RecordField),
});
export type RegistryQuery = z.infer<typeof RegistryQuery>;

/** Life of the record in its registry. */
export const RegistryStatus = z.enum(['ACTIVE', 'SUSPENDED', 'CEASED', 'DISSOLVED']);
export type RegistryStatus = z.infer<typeof RegistryStatus>;

const answerHead = {
  schema: z.literal('registry-answer/1'),
  /** Identifies this answer; the same answer sent again carries the same id. */
  id: z.string().min(1).max(200),
  queryId: QuestionId,
  /** Which attempt of the question it was made for. */
  attempt: z.int().positive().optional(),
  registry: Registry,
  /** The registry's own reference for its answer, and its own time. */
  reference: z.string().min(1).max(200),
  answeredAt: Instant,
};

/** Values as they come from a registry: those of fields that are not known here are left out. */
export const AnsweredValues = z.object(
  Object.fromEntries(
    RecordField.options.map((field) => [field, z.string().max(1000).exactOptional()]),
  ) as Record<RecordField, z.ZodExactOptional<z.ZodString>>,
);

/**
 * Why a registry will not answer a question (PROPOSAL: no text lists these grounds). `NOT_AUTHORISED`: the asker may not have it;
 * `NOT_OUR_RECORD`: another body keeps it; `LEGAL_HOLD`: the record is closed by law or by a decision; `UNANSWERABLE`: the
 * question lacks what the registry looks records up by.
 */
export const RefusalReason = z.enum(['NOT_AUTHORISED', 'NOT_OUR_RECORD', 'LEGAL_HOLD', 'UNANSWERABLE']);
export type RefusalReason = z.infer<typeof RefusalReason>;

/** Why a registry cannot answer now: it says so itself, or what stands before it fails. */
export const UnavailableCause = z.enum(['BUSY', 'BROKEN']);
export type UnavailableCause = z.infer<typeof UnavailableCause>;

/**
 * What a registry answers. `REFUSED` is final and needs a person; `UNAVAILABLE` says "ask again later". Neither ever means
 * "not found". Details say nothing of persons.
 */
export const RegistryAnswer = z.discriminatedUnion('outcome', [
  z.object({
    ...answerHead,
    outcome: z.literal('FOUND'),
    status: RegistryStatus,
    statusSince: LocalDate.optional(),
    values: AnsweredValues,
  }),
  z.object({ ...answerHead, outcome: z.literal('NOT_FOUND') }),
  z.object({
    ...answerHead,
    outcome: z.literal('REFUSED'),
    reason: RefusalReason,
    detail: z.string().max(500).optional(),
  }),
  z.object({
    ...answerHead,
    outcome: z.literal('UNAVAILABLE'),
    /** `BUSY` when absent. */
    cause: UnavailableCause.optional(),
    detail: z.string().max(500),
    retryAfterMs: z.int().nonnegative().optional(),
  }),
]);
export type RegistryAnswer = z.infer<typeof RegistryAnswer>;

/** What a notice says; the text is made by the channel from the template and its values. */
export const NoticeTemplate = z.enum([
  'CONSENT_ASKED',
  'DOSSIER_RETURNED',
  'REQUEST_REFUSED',
  'ACCOUNT_ISSUED',
  'ACTIVATION_REMINDER',
  'ACTIVATION_OVERDUE',
  'ACCOUNT_LOCKED',
  'ACCOUNT_UNLOCKED',
  'LOCK_ORDER_RETURNED',
  'LOCK_ORDER_CARRIED_OUT',
  'LOCK_ORDER_REFUSED',
  'LOCK_ORDER_ENDED',
  'LOCK_ORDER_WITHDRAWN',
  'INFORMATION_CHANGED',
]);
export type NoticeTemplate = z.infer<typeof NoticeTemplate>;

/** What the gateway of a notification channel is asked to deliver. */
export const NoticeOrder = z.object({
  schema: z.literal('notice-order/1'),
  id: QuestionId,
  channel: NoticeChannel,
  attempt: z.int().positive(),
  askedAt: Instant,
  correlationId: z.string().max(120),
  to: z.object({ name: z.string(), address: z.string() }),
  template: NoticeTemplate,
  values: z.record(z.string(), z.string()),
});
export type NoticeOrder = z.infer<typeof NoticeOrder>;

/** What became of a notice. `DELIVERED` means received by the addressee: from then the activation period runs. */
export const NoticeReceipt = z.object({
  schema: z.literal('notice-receipt/1'),
  id: z.string().min(1).max(200),
  orderId: QuestionId,
  channel: NoticeChannel,
  reference: z.string().min(1).max(200),
  at: Instant,
  outcome: z.enum(['DELIVERED', 'FAILED']),
  detail: z.string().max(500).optional(),
});
export type NoticeReceipt = z.infer<typeof NoticeReceipt>;

/**
 * What the gateway made of an incoming answer. Only `TAKEN` settles the question; `UNAVAILABLE` has it asked again. `CONTRADICTS`: another
 * answer to the question was taken, and this one says something else. `REVOKED`: its party had no valid key any more.
 */
export const AnswerDisposition = z.enum([
  'TAKEN',
  'UNAVAILABLE',
  'DUPLICATE',
  'LATE',
  'CONTRADICTS',
  'REVOKED',
  'MALFORMED',
  'MISADDRESSED',
]);
export type AnswerDisposition = z.infer<typeof AnswerDisposition>;
