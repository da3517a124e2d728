import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Cases } from '../client/cases.ts';
import type { Access } from '../domain/access/case.ts';
import type { Caller, UnitsOfDay } from '../identity/caller.ts';
import type { TokenCheck } from '../identity/tokens.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Colleague } from '../schemas/task.ts';

/** The people whom work can be handed to. */
export type Colleagues = {
  /** @throws DomainError EID_ERR_COLLEAGUE_UNKNOWN */
  find(id: string): Promise<Colleague>;
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
  /** Time, ms since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  /** Aborted when the process begins to stop: what goes on without end, ends. */
  readonly stopping: AbortSignal;
  /** Longest body that is taken, bytes. */
  readonly bodyLimit: number;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, on every route that asks. */
    caller: Caller | undefined;
  }
}
