import type { NatsConnection } from '@nats-io/transport-node';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { MirrorDisagreement } from '../bus/status/disagreement.ts';
import { mirrorStatus } from '../bus/status/mirror.ts';
import type { StatusLog } from '../bus/status/options.ts';
import { failpoint } from '../processes/failpoint.ts';
import { readAllEntries, readEntries, readTouched } from '../store/accountStatus.ts';
import type { Queryable } from '../store/pool.ts';
import { readHead } from '../store/read.ts';
import type { MirrorActivities } from '../workflows/mirror.ts';
import type { WaitAfter } from './relay.ts';

const HEARTBEAT_MS = 1_000;

/** The log as the mirror needs it. */
export const statusLog = (db: Queryable, waitAfter: WaitAfter): StatusLog => ({
  head: async () => (await readHead(db)).position,
  touchedAfter: (position, limit) => readTouched(db, position, limit),
  entriesOf: (streams) => readEntries(db, streams),
  pages: () => readAllEntries(db),
  waitAfter,
});

/** Keeps the status bucket for as long as it runs; the bucket's own head is the cursor. */
export const mirrorActivities = (
  nc: NatsConnection,
  db: Queryable,
  waitAfter: WaitAfter,
  log: Logger,
  replicas: number,
): MirrorActivities => ({
  async mirrorAccountStatus() {
    const context = Context.current();
    let position = 0;
    const beat = setInterval(() => context.heartbeat(position), HEARTBEAT_MS);
    try {
      await mirrorStatus({
        log: statusLog(db, waitAfter),
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
      if (!(error instanceof MirrorDisagreement)) throw error;
      const { name, message } = error;
      throw ApplicationFailure.create({ type: name, message, nonRetryable: true });
    } finally {
      clearInterval(beat);
    }
  },
});
