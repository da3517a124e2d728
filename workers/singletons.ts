import { isDeepStrictEqual } from 'node:util';
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

/**
 * Starts a workflow of this name again and again, one at a time. A Schedule that stands with another rhythm takes this one and stays
 * paused if it was.
 */
async function ensureSchedule(
  client: Client,
  taskQueue: string,
  name: string,
  every: number,
  args: readonly unknown[],
): Promise<void> {
  const wanted = {
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow' as const,
      workflowType: name,
      taskQueue,
      workflowId: name,
      args: [...args],
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP },
  };
  try {
    await client.schedule.create({ scheduleId: name, ...wanted });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const stands = client.schedule.getHandle(name);
    const { spec, action } = await stands.describe();
    const rhythm = [spec.intervals?.map((interval) => interval.every), action.args ?? []];
    if (isDeepStrictEqual(rhythm, [[every], args])) return;
    await stands.update(({ state }) => ({ ...wanted, state }));
  }
}
