import { z } from 'zod';
import { OpenAction, Relation } from './access.ts';
import { AccessAction } from './access-history.ts';
import { PublicStatus } from './account-status.ts';
import { CaseType, CaseView, EventActor } from './case.ts';
import { Instant, StreamId, UnitCode } from './codes.ts';
import { OrganisationCategory, Role } from './enums.ts';
import { LockGroundCode } from './lock.ts';

/** Instant of recording: UTC, ISO 8601 with microseconds. */
const LogInstant = z.string();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** An event as an auditor reads it, with the status that it led to. */
export const AuditEvent = z.strictObject({
  version: z.int().positive(),
  position: z.int().positive(),
  /** When the case decided. */
  at: Instant,
  recordedAt: LogInstant,
  type: z.string(),
  by: EventActor,
  data: z.record(z.string(), z.unknown()),
  commandId: z.string(),
  correlationId: z.string().optional(),
  prevHash: hash,
  hash,
  /** Status of the case after it. */
  status: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

const head = {
  stream: StreamId,
  caseType: CaseType,
  policyVersion: z.string(),
  /** Version of the case today. */
  versionToday: z.int().positive(),
};

/** `next`: the version to go on after, when more may follow. */
export const AuditHistory = z.strictObject({
  ...head,
  events: z.array(AuditEvent),
  next: z.int().positive().optional(),
});
export type AuditHistory = z.infer<typeof AuditHistory>;

/** Where a case stood: its last event then. `instant` is the moment that was asked for, as an instant. */
export const AuditMoment = z.strictObject({
  instant: LogInstant,
  version: z.int().positive(),
  position: z.int().positive(),
  at: Instant,
  recordedAt: LogInstant,
  hash,
});
export type AuditMoment = z.infer<typeof AuditMoment>;

/** A case as it was: the fold of the events that there were, and what a list showed of it. */
export const AuditState = z.strictObject({
  ...head,
  moment: AuditMoment,
  state: z.record(z.string(), z.unknown()),
  view: CaseView,
});
export type AuditState = z.infer<typeof AuditState>;

/** One change: an operation of RFC 6902 (JSON Patch) with what stood there before. */
export const AuditDifference = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
  z.strictObject({ op: z.literal('remove'), path: z.string(), before: z.unknown() }),
  z.strictObject({ op: z.literal('replace'), path: z.string(), value: z.unknown(), before: z.unknown() }),
]);

/** What changed in a case between two moments, and the events that changed it. */
export const AuditDifferences = z.strictObject({
  ...head,
  from: AuditMoment,
  to: AuditMoment,
  differences: z.array(AuditDifference),
  events: z.array(AuditEvent),
});
export type AuditDifferences = z.infer<typeof AuditDifferences>;

/** Who had done something in the case. */
export const Acted = z.strictObject({
  by: EventActor,
  events: z.int().positive(),
  first: Instant,
  last: Instant,
  /** The types of their events, each once. */
  types: z.array(z.string()),
});
export type Acted = z.infer<typeof Acted>;

/** Who had read the case or tried to, by the access history. */
export const HadRead = z.strictObject({
  actor: z.strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(Role),
    unit: UnitCode.optional(),
  }),
  actions: z.array(AccessAction),
  accesses: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  first: Instant,
  last: Instant,
  /** Rows of the table of permissions by which they were let in. */
  rows: z.array(z.string()),
  relations: z.array(Relation),
  /** The latest version of the case that they can have seen; absent when they were always refused. */
  seenVersion: z.int().nonnegative().optional(),
});
export type HadRead = z.infer<typeof HadRead>;

/** Whom the system had told something, and when it reached them. */
export const WasTold = z.strictObject({
  to: z.strictObject({ id: z.string(), name: z.string() }),
  template: z.string(),
  orderedAt: Instant,
  /** `PERSON`: an officer handed it over. Absent: not known to have arrived by then. */
  through: z.string().optional(),
  receivedAt: Instant.optional(),
});
export type WasTold = z.infer<typeof WasTold>;

/** What somebody could have done then. */
export const CouldDo = z.strictObject({
  actor: z.strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(Role),
    unit: UnitCode.optional(),
  }),
  /**
   * `OFFICER`: as the directory had them at the moment; `OFFICER_LATER`: it learnt of them only afterwards, and this is how it first
   * knew them; `CASE`: with the roles that the case itself gives the person.
   */
  known: z.enum(['OFFICER', 'OFFICER_LATER', 'CASE']),
  relations: z.array(Relation),
  actions: z.array(OpenAction),
});
export type CouldDo = z.infer<typeof CouldDo>;

/** Who knew what of a case at a moment, and which actions were open to whom. */
export const AuditKnowledge = z.strictObject({
  ...head,
  moment: AuditMoment,
  acted: z.array(Acted),
  read: z.array(HadRead),
  told: z.array(WasTold),
  open: z.array(CouldDo),
  /** What this rests on, for whoever relies on it. */
  basis: z.strictObject({
    officersConsidered: z.int().nonnegative(),
    /** So many of them the directory learnt of only after the moment. */
    officersLater: z.int().nonnegative(),
    /** There were more officers in the units concerned than are considered. */
    officersTruncated: z.boolean(),
    /** There were more accesses than are read: the earliest are left out. */
    accessesTruncated: z.boolean(),
    /** Version of the table of permissions by which actions are open. */
    table: z.string(),
    /** Whether that table was in force at the moment; else it is the first that came into force later, or the present one. */
    tableInForce: z.boolean(),
  }),
});
export type AuditKnowledge = z.infer<typeof AuditKnowledge>;

/** An account as it was once the log had come to a position. */
export const AccountAtMoment = z.strictObject({
  account: StreamId,
  number: z.string(),
  organisation: z.string(),
  category: OrganisationCategory.optional(),
  enterpriseCode: z.string().optional(),
  taxCode: z.string().optional(),
  status: PublicStatus,
  openedAt: Instant,
  activatedAt: Instant.optional(),
  lockedAt: Instant.optional(),
  locks: z.array(
    z.strictObject({
      code: LockGroundCode,
      authority: z.string(),
      basis: z.string(),
      since: Instant,
      until: Instant.optional(),
    }),
  ),
  version: z.int().positive(),
  position: z.int().positive(),
});
export type AccountAtMoment = z.infer<typeof AccountAtMoment>;
