import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { LoggedFact, RecordAnswer, RecordInput } from '../schemas/case.ts';

export type LogActivities = {
  record(input: RecordInput): Promise<RecordAnswer>;
  readAfter(stream: string, version: number): Promise<readonly LoggedFact[]>;
};

const quick = proxyLocalActivities<LogActivities>({
  startToCloseTimeout: '3s',
  retry: { maximumAttempts: 2, initialInterval: '50ms' },
});
const patient = proxyActivities<LogActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

/**
 * Tried shortly as a local activity, so that a command costs one workflow task; when PostgreSQL does not answer the
 * same call goes on as a regular activity, which adds no history while it waits.
 */
const quickThenPatient =
  <A extends unknown[], R>(one: (...args: A) => Promise<R>, other: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    try {
      return await one(...args);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const refused = refusalIn(error);
      if (refused) throw refused;
    }
    try {
      return await other(...args);
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  };

/** What the log refuses is no outage, and no retry helps. */
function refusalIn(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.nonRetryable ? cause : undefined;
}

export const record = quickThenPatient(quick.record, patient.record);
export const readAfter = quickThenPatient(quick.readAfter, patient.readAfter);
