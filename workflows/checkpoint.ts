import { proxyActivities } from '@temporalio/workflow';

/** When a checkpoint is due: the log has grown by so many events, or has grown at all since so long ago, ms. Both 0: now. */
export type CheckpointDue = { readonly grownBy: number; readonly olderThanMs: number };

/** The checkpoint that stands: how many events it covers, the signed note, and whether it was made now. */
export type Checkpointed = { readonly made: boolean; readonly size: number; readonly note: string };

/** Signs the log as it stands when that is due; otherwise says what was signed last, if anything was. */
export type CheckpointActivities = {
  checkpointWhenDue(due: CheckpointDue): Promise<Checkpointed | undefined>;
};

const { checkpointWhenDue } = proxyActivities<CheckpointActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30s',
  retry: {
    initialInterval: '1s',
    maximumInterval: '30s',
    maximumAttempts: 5,
    nonRetryableErrorTypes: ['LogBroken'],
  },
});

/** One look at whether a checkpoint is due; a Schedule starts it, and whoever wants one now. */
export async function checkpoint(due: CheckpointDue): Promise<Checkpointed | undefined> {
  return await checkpointWhenDue(due);
}
