import { z } from 'zod';
import { Actor } from './actor.ts';
import { Instant, StreamId, UnitCode } from './codes.ts';
import { Task } from './task.ts';

export const CaseType = z.enum(['registration', 'account', 'lock-order', 'verification']);
export type CaseType = z.infer<typeof CaseType>;

/** The case type that a stream's name begins with; undefined when it names none. */
export const caseTypeOf = (stream: string): CaseType | undefined =>
  CaseType.options.find((type) => stream.startsWith(`${type}-`));

/**
 * A command on its way to a case. `id` is the idempotency key everywhere: HTTP `Idempotency-Key`, Update id,
 * event metadata. `seenVersion` is the case's version that its sender saw: the case reads its log when it knows less.
 */
export const CommandMeta = z.strictObject({
  id: z.string().min(1).max(200),
  actor: Actor,
  seenVersion: z.int().nonnegative().optional(),
  /** The command counts only if the case is at this very version: what HTTP calls `If-Match`. */
  ifVersion: z.int().nonnegative().optional(),
  correlationId: z.string().max(120).optional(),
});
export type CommandMeta = z.infer<typeof CommandMeta>;
export type CommandOf<Body extends { type: string; data: unknown }> = CommandMeta & Body;

/** Who did what an event says: the actor without roles and path. */
export const EventActor = z.strictObject({ id: z.string(), name: z.string(), unit: UnitCode.optional() });
export type EventActor = z.infer<typeof EventActor>;

/** A domain event with what the case knows of it when it happens. */
export type Fact<Body extends { type: string; data: unknown }> = Body & {
  readonly at: string;
  readonly by: EventActor;
};

/** An event as the log holds it. `position` is global, gapless and in commit order; hashes are lower-case hex SHA-256. */
export const LoggedEvent = z.strictObject({
  position: z.int().positive(),
  stream: StreamId,
  version: z.int().positive(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  at: Instant,
  by: EventActor,
  commandId: z.string(),
  correlationId: z.string().optional(),
  recordedAt: z.string(),
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LoggedEvent = z.infer<typeof LoggedEvent>;

/** Whom or what an open case waits for, since when and until when. A wait always has an owner. */
export const Wait = z.strictObject({
  kind: z.enum(['TASK', 'PERSON', 'REGISTRY', 'BODY', 'CHANNEL', 'SERVICE', 'SYSTEM']),
  owner: z.string(),
  what: z.string(),
  since: Instant,
  until: Instant.optional(),
});
export type Wait = z.infer<typeof Wait>;

/** Read model of one case, made from its state by a pure function; the same everywhere. */
export const CaseView = z.strictObject({
  status: z.string(),
  title: z.string(),
  unit: UnitCode.optional(),
  closed: z.boolean(),
  overdue: z.boolean(),
  dueAt: Instant.optional(),
  waits: z.array(Wait),
  tasks: z.array(Task),
  /** Keys under which the organisation is reserved by this case, and the case that may hand them over. */
  claims: z.array(z.string()),
  claimsFrom: StreamId.optional(),
});
export type CaseView = z.infer<typeof CaseView>;

/** What a case asks to be written: its events at the version it believes it is at. */
export type RecordInput = {
  readonly stream: string;
  readonly caseType: CaseType;
  readonly policyVersion: string;
  /** Version that the events were decided at; 0 for a new stream. */
  readonly expectedVersion: number;
  readonly commandId: string;
  readonly correlationId?: string;
  readonly actor: EventActor;
  /** Domain time, ISO 8601 UTC. */
  readonly at: string;
  /** What one command decided: at least one event. */
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
};

/** What `record` answers: always what the log holds. */
export type RecordAnswer =
  | {
      readonly kind: 'recorded';
      readonly version: number;
      readonly filled?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'ahead'; readonly events: readonly LoggedFact[] }
  | { readonly kind: 'reserved'; readonly key: string; readonly by: string };

/** An event of the log as a case needs it to catch up. */
export type LoggedFact = {
  readonly type: string;
  readonly data: unknown;
  readonly at: string;
  readonly by: EventActor;
  readonly version: number;
  readonly commandId: string;
  readonly correlationId?: string;
};
