import type { NatsConnection } from '@nats-io/transport-node';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { RelayDisagreement } from '../bus/errors.ts';
import { relayLog } from '../bus/relay.ts';
import { failpoint } from '../processes/failpoint.ts';
import type { Queryable } from '../store/pool.ts';
import { readLog } from '../store/read.ts';
import type { RelayActivities } from '../workflows/relay.ts';

const HEARTBEAT_MS = 3_000;

/** Returns when the log may have gone beyond a position. */
export type WaitAfter = (position: number, signal: AbortSignal) => Promise<void>;

/** Copies the log into the stream for as long as it runs; the stream itself is the cursor. */
export const relayActivities = (
  nc: NatsConnection,
  db: Queryable,
  waitAfter: WaitAfter,
  log: Logger,
  replicas: number,
): RelayActivities => ({
  async relayEvents() {
    const context = Context.current();
    let position = 0;
    const beat = setInterval(() => context.heartbeat(position), HEARTBEAT_MS);
    try {
      await relayLog({
        log: { readAfter: (after, limit) => readLog(db, after, limit), waitAfter },
        nc,
        replicas,
        logger: log,
        signal: context.cancellationSignal,
        onProgress: (at) => {
          position = at;
        },
        failpoint,
      });
    } catch (error) {
      if (!(error instanceof RelayDisagreement)) throw error;
      throw ApplicationFailure.create({
        type: 'RelayDisagreement',
        message: error.message,
        nonRetryable: true,
      });
    } finally {
      clearInterval(beat);
    }
  },
});
