import { z } from 'zod';
import { IdentificationNumber, Instant, words } from './codes.ts';
import { LockChannel } from './enums.ts';
import { UnitPlace } from './jurisdiction.ts';
import { LegalDocument, LockGroundCode, OrderOutcome } from './lock.ts';
import { Contact, Notice, NoticeCommand, NoticeEvent } from './notice.ts';
import { Task, TaskCommand, TaskEvent } from './task.ts';

const body = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data: z.strictObject(data) });

/** What an order on form TK03 asks for. */
export const OrderAction = z.enum(['LOCK', 'UNLOCK']);
export type OrderAction = z.infer<typeof OrderAction>;

/** Which body asks: one conducting proceedings, or another competent authority (Decision 5709/QĐ-BCA-C06). */
export const AuthorityKind = z.enum(['PROCEEDING_AGENCY', 'COMPETENT_AUTHORITY']);
export type AuthorityKind = z.infer<typeof AuthorityKind>;

/** The body that asks, with where it is told what became of its order. */
export const RequestingAuthority = z.strictObject({
  kind: AuthorityKind,
  contact: Contact,
});
export type RequestingAuthority = z.infer<typeof RequestingAuthority>;

/**
 * Form TK03 (Phiếu đề nghị khóa, mở khóa). The form itself was not seen: what a complete one needs is policy, so every field may be
 * missing here.
 */
export const LockOrderForm = z.strictObject({
  action: OrderAction,
  authority: RequestingAuthority.optional(),
  number: IdentificationNumber.optional(),
  organisation: z.string().trim().max(300).optional(),
  document: LegalDocument.optional(),
  reason: z.string().trim().max(5000).optional(),
  signedBy: z.string().trim().max(200).optional(),
  /** End of the term of a lock, when the order gives one. */
  until: Instant.optional(),
  /** To unlock: the document of the lock that is to be lifted; without it, all locks of this authority. */
  liftsDocument: z.string().trim().max(120).optional(),
});
export type LockOrderForm = z.infer<typeof LockOrderForm>;

/** Names of fields that a policy may require of form TK03. */
export const LockOrderField = z.enum([
  'authority',
  'number',
  'organisation',
  'document',
  'reason',
  'signedBy',
]);
export type LockOrderField = z.infer<typeof LockOrderField>;

const filing = {
  channel: LockChannel,
  form: LockOrderForm,
  /** The unit that received the form: any commune police, or PC06 of any province. */
  reception: UnitPlace,
  catalogueVersion: z.string(),
};
const note = { note: z.string().max(5000).optional() };
const statedNote = { note: words(5000) };
const taskId = { taskId: z.string().min(1) };

/** Everything that can be asked of a lock order. */
export const LockOrderCommand = z.discriminatedUnion('type', [
  /** The officer who receives the paper records it; an incomplete one is returned at once. */
  body('FileLockOrder', filing),
  body('ResubmitLockOrder', { form: LockOrderForm }),
  body('ReturnLockOrder', { ...taskId, ...statedNote }),
  body('ForwardLockOrder', { ...taskId, ...note }),
  body('DecideLockOrder', {
    ...taskId,
    decision: z.enum(['APPROVE', 'REFUSE', 'SEND_BACK']),
    /** Written reasons; a refusal cannot do without (Decision 5709). */
    reasons: z.string().trim().max(5000).optional(),
  }),
  body('WithdrawLockOrder', { document: LegalDocument.optional(), ...statedNote }),
  /** The system: what the account made of it. */
  body('RecordOrderOutcome', { round: z.int().positive(), outcome: OrderOutcome }),
  /** After an outcome that carried nothing out: ask the account again, or end the order with written reasons. */
  body('ResolveOrder', { ...taskId, action: z.enum(['RETRY', 'END']), ...statedNote }),
  ...TaskCommand.options,
  ...NoticeCommand.options,
]);
export type LockOrderCommand = z.infer<typeof LockOrderCommand>;

export const LockOrderEvent = z.discriminatedUnion('type', [
  body('LockOrderFiled', { policyVersion: z.string(), ...filing }),
  body('LockOrderResubmitted', { form: LockOrderForm }),
  /** The form is complete: the limit for forwarding runs from here. */
  body('LockOrderReceived', { dueAt: Instant.optional() }),
  body('LockOrderReturned', { missing: z.array(LockOrderField), ...note }),
  body('LockOrderForwarded', note),
  body('LockOrderSentBack', note),
  body('LockOrderApproved', { authority: z.string(), ground: LockGroundCode.optional(), ...note }),
  body('LockOrderRefused', { reasons: z.string() }),
  body('LockOrderWithdrawn', { document: LegalDocument.optional(), ...note }),
  body('OrderOutcomeRecorded', { round: z.int().positive(), outcome: OrderOutcome }),
  body('LockOrderRetried', { round: z.int().positive(), note: z.string() }),
  body('LockOrderEnded', { outcome: OrderOutcome, reasons: z.string() }),
  ...TaskEvent.options,
  ...NoticeEvent.options,
]);
export type LockOrderEvent = z.infer<typeof LockOrderEvent>;

export const LockOrderStatus = z.enum([
  'NONE',
  'RETURNED',
  'RECEIVED',
  'FORWARDED',
  /** Decided, and on its way to the account. */
  'APPROVED',
  /** The account could not carry it out: a person at C06 decides what follows. */
  'UNRESOLVED',
  'CARRIED_OUT',
  'REFUSED',
  'WITHDRAWN',
  'ENDED',
]);
export type LockOrderStatus = z.infer<typeof LockOrderStatus>;

export const LockOrderState = z.strictObject({
  stream: z.string(),
  status: LockOrderStatus,
  policyVersion: z.string(),
  channel: LockChannel.optional(),
  form: LockOrderForm.optional(),
  reception: UnitPlace.optional(),
  since: Instant.optional(),
  missing: z.array(LockOrderField),
  /** The ground that an approved lock puts on the account. */
  ground: LockGroundCode.optional(),
  /** How often the account was told: 0 before approval. */
  round: z.int().nonnegative(),
  outcome: OrderOutcome.optional(),
  reasons: z.string().optional(),
  tasks: z.array(Task),
  notices: z.array(Notice),
});
export type LockOrderState = z.infer<typeof LockOrderState>;
