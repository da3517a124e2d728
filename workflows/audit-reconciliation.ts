import { proxyActivities } from '@temporalio/workflow';

/** What a run found, in numbers; the rest is in the database. */
export type AuditReconciliationResult = { readonly head: number; readonly differences: number };

/** Compares log, delivery, workflows and read models, and keeps what was found. */
export type AuditReconciliationActivities = { reconcileAudit(): Promise<AuditReconciliationResult> };

const { reconcileAudit } = proxyActivities<AuditReconciliationActivities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '10s', maximumInterval: '5 minutes', maximumAttempts: 10 },
});

/** One run of the comparison; a Schedule starts it. */
export async function auditReconciliation(): Promise<AuditReconciliationResult> {
  return await reconcileAudit();
}
