import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Cases } from '../client/cases.ts';
import type { Queryable } from '../store/pool.ts';
import { findUnattended, markSwept } from '../store/unattended.ts';
import type { CaretakerActivities } from '../workflows/caretaker.ts';

const A_ROUND = 1_000;

/**
 * Wakes cases whose workflow may not know what the log holds, and says loudly which ones nobody looks after.
 * `graceMs`: how long a case may rest at a version before it is looked at.
 */
export const caretakerActivities = (
  cases: Cases,
  db: Queryable,
  log: Logger,
  graceMs: number,
): CaretakerActivities => ({
  async wakeUnattended() {
    const found = await findUnattended(db, { now: Date.now(), graceMs, limit: A_ROUND });
    for (const { stream, version, reason, since } of found) {
      Context.current().heartbeat(stream);
      if (reason !== 'NEVER_SWEPT') log.error({ stream, reason, since }, 'a case is not looked after');
      await cases.wake(stream, version);
      await markSwept(db, stream, version);
    }
    return { woken: found.length };
  },
});
