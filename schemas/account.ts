import { z } from 'zod';
import { IdentificationNumber, Instant, LocalDate, StreamId } from './codes.ts';
import { ElectronicIdentity } from './dossier.ts';
import { Contact, Notice, NoticeCommand, NoticeEvent } from './notice.ts';
import { Task, TaskCommand, TaskEvent } from './task.ts';

const body = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data: z.strictObject(data) });

const opening = {
  number: IdentificationNumber,
  identity: ElectronicIdentity,
  request: StreamId,
  owner: Contact,
  organisationKeys: z.array(z.string()),
};

/** Everything that can be asked of an account. */
export const AccountCommand = z.discriminatedUnion('type', [
  body('OpenAccount', opening),
  body('ActivateAccount', {}),
  body('ActivateThroughCallCentre', { note: z.string().max(2000).optional() }),
  body('SendReminder', {}),
  body('MarkActivationOverdue', {}),
  ...TaskCommand.options,
  ...NoticeCommand.options,
]);
export type AccountCommand = z.infer<typeof AccountCommand>;

/** The activation period of Art 14(1): from receipt of the notice of the result. */
export const ActivationPeriod = z.strictObject({
  noticeReceivedAt: Instant,
  dueOn: LocalDate,
  dueAt: Instant,
  reminders: z.array(Instant),
});
export type ActivationPeriod = z.infer<typeof ActivationPeriod>;

export const AccountEvent = z.discriminatedUnion('type', [
  body('AccountOpened', { policyVersion: z.string(), ...opening }),
  body('ActivationPeriodStarted', { period: ActivationPeriod }),
  body('ActivationReminded', { reminder: z.int().positive() }),
  body('ActivationFellOverdue', { dueAt: Instant }),
  body('AccountActivated', { through: z.enum(['VNEID', 'CALL_CENTRE']), note: z.string().optional() }),
  ...TaskEvent.options,
  ...NoticeEvent.options,
]);
export type AccountEvent = z.infer<typeof AccountEvent>;

/** `ACTIVATION_OVERDUE` is not "expired": the law gives no expiry (Art 14(1)). */
export const AccountStatus = z.enum(['NONE', 'ISSUED', 'ACTIVATION_OVERDUE', 'ACTIVE']);
export type AccountStatus = z.infer<typeof AccountStatus>;

export const AccountState = z.strictObject({
  stream: z.string(),
  status: AccountStatus,
  policyVersion: z.string(),
  number: IdentificationNumber.optional(),
  identity: ElectronicIdentity.optional(),
  request: StreamId.optional(),
  owner: Contact.optional(),
  organisationKeys: z.array(z.string()),
  openedAt: Instant.optional(),
  period: ActivationPeriod.optional(),
  reminded: z.int().nonnegative(),
  activatedAt: Instant.optional(),
  tasks: z.array(Task),
  notices: z.array(Notice),
});
export type AccountState = z.infer<typeof AccountState>;
