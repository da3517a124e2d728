import { z } from 'zod';
import { FieldChange, KeptValue, RegistryChange } from './change.ts';
import { IdentificationNumber, Instant, LocalDate, StreamId, words } from './codes.ts';
import { ElectronicIdentity } from './dossier.ts';
import { OrganisationCategory } from './enums.ts';
import { AccountOrder, LockGround, LockGroundCode, Obedience, OrderOutcome, RelyingService } from './lock.ts';
import { Contact, Notice, NoticeCommand, NoticeEvent } from './notice.ts';
import { RecordValues, Registry, RegistryStatus } from './registry.ts';
import { Task, TaskCommand, TaskEvent } from './task.ts';

const body = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data: z.strictObject(data) });

const opening = {
  number: IdentificationNumber,
  identity: ElectronicIdentity,
  request: StreamId,
  owner: Contact,
  organisationKeys: z.array(z.string()),
  category: OrganisationCategory.optional(),
  /** What the request declared, by field: the first of the values that an account keeps. */
  values: RecordValues.optional(),
};
const note = { note: z.string().max(2000).optional() };
const statedNote = { note: words(2000) };
const taskId = { taskId: z.string().min(1) };
/** An end that an organisation declares itself, where no registry could (VNeID function, procedure.md fact 51). */
const endCode = z.enum(['DISSOLVED', 'OPERATION_CEASED']);

/** Everything that can be asked of an account. */
export const AccountCommand = z.discriminatedUnion('type', [
  body('OpenAccount', opening),
  body('ActivateAccount', {}),
  body('ActivateThroughCallCentre', note),
  body('SendReminder', {}),
  body('MarkActivationOverdue', {}),
  /** The owner locks and unlocks the own account; a term is the owner's to set. */
  body('LockOwnAccount', { ...note, until: Instant.optional() }),
  body('UnlockOwnAccount', note),
  /** C06 finds that the terms of use were violated, or that this was put right. */
  body('LockForTermsViolation', { ...statedNote, until: Instant.optional() }),
  body('LiftTermsViolation', statedNote),
  /** The owner of an organisation that no registry knows says that it ended; a person at C06 looks at it. */
  body('DeclareEnd', { code: endCode, ...statedNote }),
  body('ResolveEndDeclaration', { ...taskId, accepted: z.boolean(), ...statedNote }),
  /** From here on commands of the system alone. */
  body('ApplyOrder', { instruction: AccountOrder, round: z.int().positive() }),
  body('EndTerm', { groundId: z.string() }),
  body('TakeRegistryChange', { change: RegistryChange }),
  /** A change could not be taken because another organisation holds the new code. */
  body('NoteChangeConflict', { change: RegistryChange, key: z.string(), heldBy: z.string() }),
  body('AcknowledgeLock', { service: RelyingService.shape.id, seq: z.int().positive(), at: Instant }),
  body('MarkAcknowledgementOverdue', { service: RelyingService.shape.id, seq: z.int().positive() }),
  /** Again a person's. */
  body('SettleAcknowledgement', { ...taskId, ...statedNote }),
  body('ResolveChangeConflict', { ...taskId, ...statedNote }),
  /** After a change of legal representative: who speaks for the organisation now. */
  body('ReviewOwner', { ...taskId, owner: Contact.optional(), ...statedNote }),
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

/** Whether the activation period goes on while the account is locked. */
export const ActivationClock = z.enum(['RUNS', 'PAUSES']);
export type ActivationClock = z.infer<typeof ActivationClock>;

const changeHead = {
  changeId: z.string(),
  registry: Registry,
  reference: z.string(),
  changedAt: Instant,
  revision: z.int().nonnegative(),
};

export const AccountEvent = z.discriminatedUnion('type', [
  body('AccountOpened', { policyVersion: z.string(), ...opening }),
  body('ActivationPeriodStarted', { period: ActivationPeriod }),
  body('ActivationReminded', { reminder: z.int().positive() }),
  body('ActivationFellOverdue', { dueAt: Instant }),
  body('AccountActivated', { through: z.enum(['VNEID', 'CALL_CENTRE']), note: z.string().optional() }),
  /** The period goes on after a lock, moved by as long as that lasted, where the policy says so. */
  body('ActivationPeriodResumed', { period: ActivationPeriod }),
  body('LockGroundPlaced', { ground: LockGround }),
  body('LockGroundLifted', {
    groundId: z.string(),
    code: LockGroundCode,
    why: z.enum(['OWNER', 'C06', 'REGISTRY', 'AUTHORITY', 'TERM_ENDED']),
    order: StreamId.optional(),
    ...note,
  }),
  /** The first ground came, or the last one went. `seq` counts both; `services` must acknowledge until `acknowledgeBy`. */
  body('AccountLocked', {
    seq: z.int().positive(),
    services: z.array(RelyingService.shape.id),
    acknowledgeBy: Instant.optional(),
    /** What the lock does to the activation period, by the policy; absent when the account is active. */
    activationClock: ActivationClock.optional(),
  }),
  body('AccountUnlocked', { seq: z.int().positive() }),
  body('OrderAnswered', {
    order: StreamId,
    round: z.int().positive(),
    outcome: OrderOutcome,
    groundIds: z.array(z.string()),
  }),
  body('LockAcknowledged', { service: z.string(), seq: z.int().positive(), acknowledgedAt: Instant }),
  body('AcknowledgementOverdue', { service: z.string(), seq: z.int().positive(), dueAt: Instant }),
  body('AcknowledgementSettled', { service: z.string(), seq: z.int().positive(), note: z.string() }),
  body('InformationChanged', {
    ...changeHead,
    fields: z.array(FieldChange),
    organisationKeys: z.array(z.string()).optional(),
  }),
  body('RegistryStatusTaken', {
    ...changeHead,
    status: RegistryStatus,
    statusSince: LocalDate.optional(),
    became: z.enum(['CURRENT', 'EARLIER']),
  }),
  body('MergerTaken', { ...changeHead, mergedInto: RegistryChange.shape.mergedInto.unwrap() }),
  body('ChangeConflictNoted', { ...changeHead, key: z.string(), heldBy: z.string() }),
  body('ChangeConflictResolved', { changeId: z.string(), note: z.string() }),
  body('EndDeclared', { code: endCode, note: z.string() }),
  body('EndDeclarationResolved', { code: endCode, accepted: z.boolean(), note: z.string() }),
  body('OwnerReviewed', { owner: Contact.optional(), note: z.string() }),
  ...TaskEvent.options,
  ...NoticeEvent.options,
]);
export type AccountEvent = z.infer<typeof AccountEvent>;

/** Where the account stands in its life, whether or not it is locked. `ACTIVATION_OVERDUE` is not "expired" (Art 14(1)). */
export const AccountStatus = z.enum(['NONE', 'ISSUED', 'ACTIVATION_OVERDUE', 'ACTIVE']);
export type AccountStatus = z.infer<typeof AccountStatus>;

export const AccountState = z.strictObject({
  stream: z.string(),
  status: AccountStatus,
  policyVersion: z.string(),
  number: IdentificationNumber.optional(),
  identity: ElectronicIdentity.optional(),
  category: OrganisationCategory.optional(),
  request: StreamId.optional(),
  owner: Contact.optional(),
  organisationKeys: z.array(z.string()),
  openedAt: Instant.optional(),
  period: ActivationPeriod.optional(),
  reminded: z.int().nonnegative(),
  activatedAt: Instant.optional(),
  /** The account is locked for as long as this is not empty. */
  grounds: z.array(LockGround),
  groundsPlaced: z.int().nonnegative(),
  /** How often it was locked or unlocked, and since when it is locked. */
  seq: z.int().nonnegative(),
  lockedAt: Instant.optional(),
  activationClock: ActivationClock.optional(),
  obedience: z.array(Obedience),
  /** Every value of every field, earlier ones included, oldest first. */
  information: z.array(KeptValue),
  /** What each registry last said of the organisation's life. */
  registryStatus: z.partialRecord(
    Registry,
    z.strictObject({ status: RegistryStatus, changedAt: Instant, revision: z.int().nonnegative() }),
  ),
  declaredEnd: z.strictObject({ code: endCode, at: Instant }).optional(),
  tasks: z.array(Task),
  notices: z.array(Notice),
});
export type AccountState = z.infer<typeof AccountState>;
