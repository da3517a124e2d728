import { z } from 'zod';
import { WorkingCalendar } from './calendar.ts';
import { LocalDate, UnitCode } from './codes.ts';
import {
  Channel,
  Confidence,
  LockChannel,
  NoticeChannel,
  OrganisationCategory,
  OrganisationFacet,
  Role,
} from './enums.ts';
import { LockGroundCode, LockGroundRule, RelyingService } from './lock.ts';
import { LockOrderField } from './lock-order.ts';
import { MatchingPolicy } from './matching.ts';
import { RecordField, Registry, RegistryStatus } from './registry.ts';
import { TaskKind } from './task.ts';

/** A length of time in law, or in milliseconds where a rehearsal compresses days. */
export const Limit = z.strictObject({
  amount: z.int().nonnegative(),
  unit: z.enum(['working_days', 'calendar_days', 'milliseconds']),
});
export type Limit = z.infer<typeof Limit>;

/** How long records are kept: no working days. */
export const KeptFor = z.strictObject({
  amount: z.int().positive(),
  unit: Limit.shape.unit.exclude(['working_days']),
});
export type KeptFor = z.infer<typeof KeptFor>;

/** A parameter with its legal basis, how sure the reading is, and when it applies. */
const param = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    basis: z.string().min(1),
    confidence: Confidence,
    validFrom: LocalDate,
    validTo: LocalDate.optional(),
    note: z.string().optional(),
  });

/** Names of dossier fields that a policy may require, as paths below the dossier. */
export const DossierField = z.enum([
  'organisation.nameVi',
  'organisation.establishedOn',
  'organisation.address',
  'organisation.code',
  'organisation.taxCode',
  'organisation.representative',
  'registrant.mobile',
  'registrant.email',
]);
export type DossierField = z.infer<typeof DossierField>;

/** What follows when the checked registries agree, hold nothing, leave doubt, disagree, or report an end. */
export const Route = z.enum(['DIRECT', 'LOCAL_VERIFICATION', 'PERSON_DECIDES', 'REFUSE']);
export type Route = z.infer<typeof Route>;

export const RoutingRules = z.strictObject({
  match: Route,
  noData: Route,
  uncertain: Route,
  mismatch: Route,
  ended: Route,
});
export type RoutingRules = z.infer<typeof RoutingRules>;

/** Which unit's people a kind of task is for. */
export const TaskPlace = z.enum(['RECEPTION', 'VERIFICATION', 'C06', 'BODY', 'ASKING_UNIT']);
export type TaskPlace = z.infer<typeof TaskPlace>;

/**
 * When a task that is not done climbs to the next unit up: after a share of the time that it has, or so long after that time is over.
 * `kinds`: only these; all without it.
 */
export const EscalationRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kinds: z.array(TaskKind).min(1).optional(),
  when: z.union([z.strictObject({ share: z.number().gt(0).lt(1) }), z.strictObject({ after: Limit })]),
});
export type EscalationRule = z.infer<typeof EscalationRule>;

export const PolicyParameters = z.strictObject({
  limitInDatabases: param(Limit),
  limitNotInDatabases: param(Limit),
  limitActivation: param(Limit),
  activationReminders: param(z.array(Limit)),
  registrantLevel: param(z.int().min(0).max(2)),
  acceptance: param(z.record(Channel, z.enum(['AUTOMATIC', 'OFFICER']))),
  consentChannels: param(z.array(Channel)),
  consentRefused: param(z.enum(['BLOCK', 'END'])),
  consentWithdrawn: param(z.enum(['BLOCK', 'END'])),
  stateSecretChannels: param(z.array(Channel)),
  armedForcesReception: param(z.enum(['PC06', 'ANY'])),
  requiredFields: param(z.record(OrganisationCategory, z.array(DossierField))),
  refusedFacets: param(z.array(OrganisationFacet)),
  clockOnSupplement: param(z.enum(['RESTART', 'CONTINUE'])),
  registries: param(z.record(OrganisationCategory, z.array(Registry))),
  registryFields: param(z.record(Registry, z.array(RecordField))),
  registryAnswerWithinMs: param(z.int().positive()),
  registryAttempts: param(z.int().positive()),
  registryBackoffMs: param(z.int().positive()),
  routing: param(z.record(OrganisationCategory, RoutingRules)),
  tasks: param(z.record(TaskKind, z.strictObject({ role: Role, place: TaskPlace, limit: Limit.optional() }))),
  fourEyes: param(z.array(z.tuple([TaskKind, TaskKind]))),
  escalation: param(z.array(EscalationRule)),
  noticeChannels: param(z.array(NoticeChannel).min(1)),
  noticeAnswerWithinMs: param(z.int().positive()),
  noticeAttempts: param(z.int().positive()),
  c06Unit: param(UnitCode),
  decidingAuthority: param(z.string().min(1)),
  callCentre: param(z.string().min(1)),
  lockOrderChannels: param(z.array(LockChannel).min(1)),
  lockOrderFields: param(z.array(LockOrderField)),
  limitLockForward: param(Limit),
  limitLockDecide: param(Limit),
  limitUnlockForward: param(Limit),
  limitUnlockDecide: param(Limit),
  /** Within which time another body answers a verification, counted from its opening; and once more after it was chased. */
  limitVerification: param(Limit),
  limitVerificationChased: param(Limit),
  /** When the body is reminded, counted from the opening. */
  verificationReminders: param(z.array(Limit)),
  lockGrounds: param(z.array(LockGroundRule)),
  /** Whose order lifts an authority's ground: that authority's own, or any authority's. */
  authorityLift: param(z.enum(['SAME_AUTHORITY', 'ANY_AUTHORITY'])),
  /** Whether the activation period goes on while the account is locked. */
  activationClockOnLock: param(z.enum(['RUNS', 'PAUSES'])),
  /** Which ground a registry's word puts on an account. */
  registryGrounds: param(z.partialRecord(RegistryStatus, LockGroundCode)),
  mergerGround: param(LockGroundCode.optional()),
  /** For each field, whose word counts, the first before the others. */
  informationSources: param(z.partialRecord(RecordField, z.array(Registry))),
  representativeChange: param(z.enum(['REVIEW', 'NONE'])),
  declaredEndCategories: param(z.array(OrganisationCategory)),
  relyingServices: param(z.array(RelyingService)),
  acknowledgeWithinMs: param(z.int().positive()),
  proofLifetimeMs: param(z.int().positive()),
  /** How long the access history is kept at least, counted from each entry. */
  accessHistoryKept: param(KeptFor),
});
export type PolicyParameters = z.infer<typeof PolicyParameters>;

/** The law as data: one version, with every parameter's basis and confidence. */
export const Policy = z.strictObject({
  version: z.string().min(1),
  title: z.string().min(1),
  validFrom: LocalDate,
  validTo: LocalDate.optional(),
  parameters: PolicyParameters,
  calendar: WorkingCalendar,
  matching: MatchingPolicy,
});
export type Policy = z.infer<typeof Policy>;

/** What a case pins at its start: the values alone, with the version that leads back to basis and confidence. */
export type CasePolicy = {
  readonly version: string;
  readonly calendar: WorkingCalendar;
  readonly matching: MatchingPolicy;
} & { readonly [K in keyof PolicyParameters]: PolicyParameters[K]['value'] };
