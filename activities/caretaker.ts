import type { NatsConnection } from '@nats-io/transport-node';
import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Cases } from '../client/cases.ts';
import { projections } from '../domain/projections.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Queryable } from '../store/pool.ts';
import { readCase } from '../store/readCase.ts';
import { findUnattended, markSwept } from '../store/unattended.ts';
import type { CaretakerActivities } from '../workflows/caretaker.ts';
import { askAgain } from './questions.ts';

const A_ROUND = 1_000;

/**
 * Wakes cases whose workflow may not know what the log holds, makes sure that what they ask was really asked, and says
 * loudly which ones nobody looks after.
 * `graceMs`: how long a case may rest at a version before it is looked at.
 */
export const caretakerActivities = (
  cases: Cases,
  db: Queryable,
  nc: NatsConnection,
  log: Logger,
  graceMs: number,
  policyOf: (version: string) => Promise<CasePolicy>,
): CaretakerActivities => ({
  async wakeUnattended() {
    const unattended = await findUnattended(db, { now: Date.now(), graceMs, limit: A_ROUND });
    for (const { stream, type, version, reason, since } of unattended) {
      Context.current().heartbeat(stream);
      if (reason !== 'NEVER_SWEPT') log.error({ stream, reason, since }, 'a case is not looked after');
      await cases.wake(stream, version);
      const found = await readCase(db, stream);
      if (found && !found.closed) {
        const policy = await policyOf(found.policyVersion);
        await askAgain(nc, projections[type].effects(found.state), stream, policy);
      }
      await markSwept(db, stream, version);
    }
    return { woken: unattended.length };
  },
});
