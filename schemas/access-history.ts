import { z } from 'zod';
import { Relation } from './access.ts';
import { CaseType } from './case.ts';
import { Instant, StreamId, UnitCode } from './codes.ts';
import { Role } from './enums.ts';
import { type ErrorCode, errorTable } from './errors.ts';

const CODES = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
const word = z.string().min(1).max(200);

/** Who read or did something, as the verified token said it. */
export const AccessActor = z.strictObject({
  id: z.string().min(1).max(120),
  name: word,
  roles: z.array(Role).min(1),
  unit: UnitCode.optional(),
  issuer: z.string().max(500).optional(),
  /** The application through which the caller came. */
  clientId: z.string().max(200).optional(),
});
export type AccessActor = z.infer<typeof AccessActor>;

/** What was done: a case read; a list, its counts, a search, the next task, changes followed; a command given; its outcome asked for; a
 * proof of registration shown; this history itself read; the log read by an auditor, as it was at some moment; a bundle of evidence taken away. */
export const AccessAction = z.enum([
  'READ',
  'LIST',
  'COUNT',
  'SEARCH',
  'NEXT',
  'FOLLOW',
  'COMMAND',
  'OUTCOME',
  'PROOF',
  'HISTORY',
  'AUDIT',
  'EXPORT',
]);
export type AccessAction = z.infer<typeof AccessAction>;

/** `UNANSWERED`: no answer in time. What became of a command the log says, by the command's id. */
export const AccessOutcome = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('DONE') }),
  z.strictObject({ result: z.literal('REFUSED'), code: z.enum(CODES) }),
  z.strictObject({ result: z.literal('UNANSWERED'), code: z.enum(CODES) }),
]);
export type AccessOutcome = z.infer<typeof AccessOutcome>;

const asked = z.union([z.string().max(2000), z.number(), z.boolean()]);

/** What a list or a search was asked, by name of the parameter. */
export const AccessQuestion = z.record(z.string().max(60), z.union([asked, z.array(asked).max(100)]));
export type AccessQuestion = z.infer<typeof AccessQuestion>;

/** What was read or changed: one case, or what a list or a search found. It holds no personal number. */
export const AccessObject = z.strictObject({
  stream: StreamId.optional(),
  caseType: CaseType.optional(),
  taskId: z.string().max(120).optional(),
  question: AccessQuestion.optional(),
  /** How many were shown. */
  results: z.int().nonnegative().optional(),
});
export type AccessObject = z.infer<typeof AccessObject>;

/** Why it was allowed: the rows of the table of permissions and the relations that opened it. Refused: how the caller stood to it. */
export const AccessGround = z.strictObject({
  /** Version of the table of permissions. */
  table: word,
  rows: z.array(z.string().max(120)).max(100),
  relations: z.array(Relation),
});
export type AccessGround = z.infer<typeof AccessGround>;

/** Who read or did what, when, on what ground. `id` is made by the recorder of the fact: the same id is recorded once. */
export const AccessEntry = z.strictObject({
  id: z.uuid().lowercase(),
  at: Instant,
  actor: AccessActor,
  action: AccessAction,
  /** Of a command. */
  command: z.strictObject({ type: z.string().min(1).max(120), id: word }).optional(),
  outcome: AccessOutcome,
  what: AccessObject,
  ground: AccessGround,
  correlationId: z.string().max(120).optional(),
  remoteAddress: z.string().max(100).optional(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

/** An entry as the history holds it: `seq` counts the entries of one writer without gaps. */
export const RecordedAccess = z.strictObject({
  writer: z.string(),
  seq: z.int().positive(),
  recordedAt: z.string(),
  entry: AccessEntry,
});
export type RecordedAccess = z.infer<typeof RecordedAccess>;

/** What narrows the history down. */
export const AccessFilters = z.strictObject({
  /** Only entries about one of these cases. */
  streams: z.array(StreamId).min(1).max(20).optional(),
  actorId: z.string().min(1).max(120).optional(),
  actions: z.array(AccessAction).min(1).optional(),
  result: z.enum(['DONE', 'REFUSED', 'UNANSWERED']).optional(),
  /** From this instant on. */
  from: Instant.optional(),
  /** Before this instant. */
  to: Instant.optional(),
});
export type AccessFilters = z.infer<typeof AccessFilters>;

const cursor = z.string().min(1).max(2000);

/** Newest first; `next` is there when older ones may follow. */
export const AccessPage = z.strictObject({ entries: z.array(RecordedAccess), next: cursor.optional() });
export type AccessPage = z.infer<typeof AccessPage>;

/** Who it was, as the subject sees it: themselves, or an office with its roles and no name. */
export const AccessBy = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('SELF'),
    clientId: z.string().optional(),
    remoteAddress: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('OTHER'), roles: z.array(Role), unit: UnitCode.optional() }),
]);
export type AccessBy = z.infer<typeof AccessBy>;

/** An entry as the subject of the account sees it. */
export const SubjectAccess = z.strictObject({
  id: z.uuid(),
  at: Instant,
  by: AccessBy,
  action: AccessAction,
  /** Type of the subject's own command. */
  command: z.string().optional(),
  result: z.enum(['DONE', 'REFUSED', 'UNANSWERED']),
  stream: StreamId.optional(),
  ground: AccessGround,
});
export type SubjectAccess = z.infer<typeof SubjectAccess>;

export const SubjectAccessPage = z.strictObject({ entries: z.array(SubjectAccess), next: cursor.optional() });
export type SubjectAccessPage = z.infer<typeof SubjectAccessPage>;
