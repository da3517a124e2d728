import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Cases } from '../client/cases.ts';
import type { Access } from '../domain/access/case.ts';
import type { Caller, UnitsOfDay } from '../identity/caller.ts';
import type { TokenCheck } from '../identity/tokens.ts';
import type { ProofDesk } from '../proof/desk.ts';
import type { ErrorCode } from '../schemas/errors.ts';
import type { Needed } from '../schemas/http/readiness.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Colleague } from '../schemas/task.ts';
import type { AccessWriter } from '../store/access-history/writer.ts';
import type { Officer, OfficersQuery } from '../store/officers.ts';

/** The people whom work can be handed to. */
export type Colleagues = {
  /** With the path of the unit as it is today. @throws DomainError EID_ERR_COLLEAGUE_UNKNOWN, EID_ERR_UNIT_UNKNOWN */
  find(id: string): Promise<Colleague>;
  /** The people of a unit. @throws DomainError EID_ERR_SHAPE for a cursor of another question */
  list(query: OfficersQuery): Promise<{ readonly items: readonly Officer[]; readonly next?: string }>;
  /** Remembers who called; nobody waits for it. */
  met(caller: Pick<Caller, 'actor' | 'kind'>): void;
};

/** To what callers are held. */
export type Limits = {
  /** Requests of one caller in a minute, at one process. */
  readonly callsPerMinute: number;
  /** Tokens from one address that are not accepted, in a minute, at one process. */
  readonly refusedTokensPerMinute: number;
  /** Within how long a request must be here as a whole, ms. */
  readonly requestMs: number;
  /** Connections at once. */
  readonly connections: number;
  /** Addresses of the proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
};

/** All that routes work with. */
export type Api = {
  readonly pool: Pool;
  readonly cases: Cases;
  readonly tokens: TokenCheck;
  readonly access: Access;
  /** The policy under which new cases start. */
  readonly policy: CasePolicy;
  /** @throws DomainError EID_ERR_POLICY_UNKNOWN */
  policyOf(version: string): Promise<CasePolicy>;
  readonly units: () => UnitsOfDay;
  readonly colleagues: Colleagues;
  /** Where proofs of registration are signed; none without keys. */
  readonly proofs: ProofDesk | undefined;
  /** Folder of the log's keys; no evidence goes out without it. */
  readonly auditDir: string | undefined;
  /** Who read or did what. */
  readonly history: AccessWriter;
  /** Time, ms since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  /** Aborted when the process begins to stop: what goes on without end, ends. */
  readonly stopping: AbortSignal;
  /** What the process needs and does not have at present; nothing when it takes work. */
  ready(): Promise<Needed[]>;
  /** How long a command is tried, ms. */
  readonly deadlineMs: number;
  readonly limits: Limits;
  /** Where requests are measured. */
  readonly metrics: Registry;
  /** Whether requests are traced. */
  readonly traced: boolean;
  /** Longest body that is taken, bytes. */
  readonly bodyLimit: number;
  /** Streams of events: how many a caller may have open, how often a silent one shows that it lives, how late a change may come (ms). */
  readonly streams: { readonly perCaller: number; readonly heartbeatMs: number; readonly paceMs: number };
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, on every route that asks. */
    caller: Caller | undefined;
    /** Code of the problem that it was answered with. */
    problem: ErrorCode | undefined;
  }
}
