import type { NatsConnection } from '@nats-io/nats-core';
import { publishAcked } from './publish.ts';
import type { Persistence } from './retry.ts';

/** Where the log's checkpoints are published, each as the signed note that it is (C2SP tlog-checkpoint). */
export const CHECKPOINT_SUBJECT = 'checkpoints.log';

/** Publishes a checkpoint; the same size twice is one message while the stream remembers it. */
export async function publishCheckpoint(
  nc: NatsConnection,
  note: string,
  size: number,
  persistence: Persistence = {},
): Promise<void> {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  await publishAcked(
    nc,
    { subject: CHECKPOINT_SUBJECT, payload: note, msgId: `checkpoint-${size}`, headers },
    persistence,
  );
}
