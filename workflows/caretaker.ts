import { proxyActivities } from '@temporalio/workflow';

/** Finds cases that nobody looks after, or whose workflow may not know what the log holds, and wakes them. */
export type CaretakerActivities = { wakeUnattended(): Promise<{ readonly woken: number }> };

const { wakeUnattended } = proxyActivities<CaretakerActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10s',
});

/** One round of the caretaker; a Schedule starts it. */
export async function caretaker(): Promise<{ readonly woken: number }> {
  return await wakeUnattended();
}
