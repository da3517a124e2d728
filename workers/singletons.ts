import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';

/** Starts what runs once in the whole system, unless it runs already: the relay, the mirror and the caretaker's Schedule. */
export async function ensureSingletons(
  client: Client,
  taskQueue: string,
  caretakerEveryMs: number,
): Promise<void> {
  for (const name of ['relay', 'mirror']) {
    await client.workflow.start(name, {
      workflowId: name,
      taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  }
  try {
    await client.schedule.create({
      scheduleId: 'caretaker',
      spec: { intervals: [{ every: caretakerEveryMs }] },
      action: { type: 'startWorkflow', workflowType: 'caretaker', taskQueue, workflowId: 'caretaker' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
