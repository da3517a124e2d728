import type { NatsConnection } from '@nats-io/transport-node';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Discrepancy } from '../audit/reconcile/discrepancy.ts';
import { historiesOf } from '../audit/reconcile/histories.ts';
import { reconcile } from '../audit/reconcile/reconcile.ts';
import { keepReconciliation } from '../store/auditReconciliations.ts';
import type { AuditReconciliationActivities } from '../workflows/audit-reconciliation.ts';

const HEARTBEAT_MS = 5_000;
const KEPT = 100;

/** Runs the comparison to its end, keeps what it found and logs each difference of the kept ones as an error. */
export const auditReconciliationActivities = (
  temporal: Client,
  pool: Pool,
  nc: NatsConnection,
  log: Logger,
): AuditReconciliationActivities => ({
  async reconcileAudit() {
    const context = Context.current();
    let progress: unknown = 'started';
    const beat = setInterval(() => context.heartbeat(progress), HEARTBEAT_MS);
    try {
      const first: Discrepancy[] = [];
      const run = reconcile({
        pool,
        nc,
        histories: historiesOf(temporal),
        signal: context.cancellationSignal,
        onProgress: (now) => {
          progress = now;
        },
      });
      for (let step = await run.next(); ; step = await run.next()) {
        if (!step.done) {
          if (first.length >= KEPT) continue;
          first.push(step.value);
          log.error({ discrepancy: step.value }, 'the log and what follows from it differ');
          continue;
        }
        const { startedAt, finishedAt, head, differences, sources } = step.value;
        await keepReconciliation(pool, {
          startedAt,
          finishedAt,
          head,
          differences,
          summary: sources,
          discrepancies: first,
        });
        const say = differences > 0 ? 'error' : 'info';
        log[say]({ head, differences }, 'log, delivery, workflows and read models were compared');
        return { head, differences };
      }
    } finally {
      clearInterval(beat);
    }
  },
});
