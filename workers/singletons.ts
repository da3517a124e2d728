import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { CheckpointDue } from '../workflows/checkpoint.ts';

/** How often what Schedules start is started, ms, and when a checkpoint is due. */
export type Rhythms = {
  readonly caretakerEveryMs: number;
  readonly auditReconciliationEveryMs: number;
  readonly checkpoint: { readonly lookMs: number; readonly due: CheckpointDue };
};

/** Starts what runs once in the whole system, unless it runs already: the relay, the mirror, and the Schedules. */
export async function ensureSingletons(
  client: Client,
  taskQueue: string,
  { caretakerEveryMs, auditReconciliationEveryMs, checkpoint }: Rhythms,
): Promise<void> {
  for (const name of ['relay', 'mirror']) {
    await client.workflow.start(name, {
      workflowId: name,
      taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  }
  await ensureSchedule(client, taskQueue, 'caretaker', caretakerEveryMs, []);
  await ensureSchedule(client, taskQueue, 'audit-reconciliation', auditReconciliationEveryMs, []);
  await ensureSchedule(client, taskQueue, 'checkpoint', checkpoint.lookMs, [checkpoint.due]);
}

/** Starts a workflow of this name again and again, one at a time. */
async function ensureSchedule(
  client: Client,
  taskQueue: string,
  name: string,
  every: number,
  args: readonly unknown[],
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: name,
      spec: { intervals: [{ every }] },
      action: { type: 'startWorkflow', workflowType: name, taskQueue, workflowId: name, args: [...args] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
