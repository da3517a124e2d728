import { z } from 'zod';
import { Instant, StreamId, words } from './codes.ts';
import { Confidence } from './enums.ts';

/** Grounds on which an account is locked (procedure.md 3.4). */
export const LockGroundCode = z.enum([
  'OWNER_REQUEST',
  'TERMS_VIOLATION',
  'DISSOLVED',
  'OPERATION_CEASED',
  'PROCEEDING_AGENCY_REQUEST',
  'COMPETENT_AUTHORITY_REQUEST',
  'SERVICE_USER_REQUEST',
]);
export type LockGroundCode = z.infer<typeof LockGroundCode>;

/** Whose word puts a ground on an account, or takes it away. `NOBODY`: it stays for ever. */
export const GroundParty = z.enum(['OWNER', 'C06', 'REGISTRY', 'AUTHORITY', 'NOBODY']);
export type GroundParty = z.infer<typeof GroundParty>;

/** What the policy says of one ground. A ground that is not enabled cannot be put on any account. */
export const LockGroundRule = z.strictObject({
  code: LockGroundCode,
  enabled: z.boolean(),
  /** How it comes: recorded by the system, or on an order (form TK03). */
  mode: z.enum(['AUTOMATIC', 'ORDER']),
  placedBy: GroundParty,
  liftedBy: GroundParty,
  basis: z.string().min(1),
  confidence: Confidence,
});
export type LockGroundRule = z.infer<typeof LockGroundRule>;

/** The paper that a ground rests on. */
export const LegalDocument = z.strictObject({
  number: words(120),
  date: z.iso.date(),
});
export type LegalDocument = z.infer<typeof LegalDocument>;

/** Who stands behind a ground: the owner, a registry, C06, or an authority by its opaque id. */
export const GroundAuthority = z.strictObject({
  id: z.string().min(1).max(120),
  name: words(300),
});
export type GroundAuthority = z.infer<typeof GroundAuthority>;

/**
 * One ground as an account carries it. The same ground is the same code by the same authority on the same document;
 * anything else stands beside it. `basis` is the legal basis as the policy said it on that day.
 */
export const LockGround = z.strictObject({
  id: z.string(),
  code: LockGroundCode,
  basis: z.string(),
  authority: GroundAuthority,
  liftedBy: GroundParty,
  document: LegalDocument.optional(),
  since: Instant,
  /** End of a term, when it has one: the ground is lifted by itself then. */
  until: Instant.optional(),
  order: StreamId.optional(),
  note: z.string().max(2000).optional(),
});
export type LockGround = z.infer<typeof LockGround>;

/** What an account made of an order to lock or unlock it: each crossing has a name. */
export const OrderOutcome = z.enum([
  /** The account was usable and is locked now. */
  'LOCKED',
  /** It was locked on other grounds; this one stands beside them. */
  'GROUND_ADDED',
  /** This very ground was there already. */
  'ALREADY_HELD',
  /** No ground is left: it is usable again. */
  'UNLOCKED',
  /** The ground is gone, others keep the account locked. */
  'GROUND_LIFTED',
  /** There was no ground of this authority to lift. */
  'NOTHING_TO_LIFT',
  /** The organisation is dissolved: nothing changes any more. */
  'DISSOLVED',
  /** There is no account of this number. */
  'NO_ACCOUNT',
  /** The organisation's request is still under way. */
  'NOT_YET_OPEN',
  /** The law as the account knows it has no such ground, or it is disabled. */
  'GROUND_DISABLED',
]);
export type OrderOutcome = z.infer<typeof OrderOutcome>;

/** What a lock order tells an account to do. `documentNumber` of a lift names one ground; without it all of the authority's. */
export const AccountOrder = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('LOCK'),
    order: StreamId,
    code: LockGroundCode,
    authority: GroundAuthority,
    document: LegalDocument,
    until: Instant.optional(),
  }),
  z.strictObject({
    action: z.literal('UNLOCK'),
    order: StreamId,
    authority: GroundAuthority,
    document: LegalDocument,
    liftsDocument: z.string().max(120).optional(),
  }),
]);
export type AccountOrder = z.infer<typeof AccountOrder>;

/** A service that must obey a lock (Art 18 connects them), by its code. */
export const RelyingService = z.strictObject({
  id: z
    .string()
    .max(40)
    .regex(/^[A-Z0-9][A-Z0-9_-]*$/, 'EID_ERR_SHAPE_SERVICE'),
  name: z.string().min(1).max(300),
});
export type RelyingService = z.infer<typeof RelyingService>;

/** What one relying service did with the present lock. */
export const Obedience = z.strictObject({
  service: z.string(),
  /** The change of status that it is about; see AccountStatusEntry. */
  seq: z.int().positive(),
  status: z.enum(['AWAITED', 'OVERDUE', 'ACKNOWLEDGED', 'SETTLED_BY_PERSON']),
  since: Instant,
  dueAt: Instant,
});
export type Obedience = z.infer<typeof Obedience>;
