import { ApplicationFailure, Context } from '@temporalio/activity';
import type { NatsConnection } from '@nats-io/transport-node';
import { RelayDisagreement, relayLog } from '../bus/relay.ts';
import type { LogReader } from '../store/read.ts';
import type { RelayActivities } from '../workflows/relay.ts';
import { failpoint } from './failpoint.ts';

const HEARTBEAT_MS = 3_000;

/** Copies the log into the stream for as long as it runs; the stream itself is the cursor. */
export const relayActivities = (nc: NatsConnection, reader: LogReader): RelayActivities => ({
  async relayEvents() {
    const context = Context.current();
    let position = 0;
    const beat = setInterval(() => context.heartbeat(position), HEARTBEAT_MS);
    try {
      await relayLog({
        log: { readAfter: reader.readLog, waitAfter: reader.waitAfter },
        nc,
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
        cause: error,
      });
    } finally {
      clearInterval(beat);
    }
  },
});
