import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Checkpointed, checkpoint } from '../workflows/checkpoint.ts';

/** Has the log signed as it stands now; undefined when the workers keep no keys. */
export const checkpointNow = (client: Client, taskQueue: string): Promise<Checkpointed | undefined> =>
  client.workflow.execute<typeof checkpoint>('checkpoint', {
    workflowId: `checkpoint-${randomUUID()}`,
    taskQueue,
    args: [{ grownBy: 0, olderThanMs: 0 }],
  });
