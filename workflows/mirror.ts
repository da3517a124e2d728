import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  log,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import { resume } from './relay.ts';

/** Runs until it is cancelled, or until the bucket is ahead of the log. */
export type MirrorActivities = { mirrorAccountStatus(): Promise<void> };

// A worker that dies is replaced soon: locks wait for it, and two mirrors at once do no harm.
const { mirrorAccountStatus } = proxyActivities<MirrorActivities>({
  startToCloseTimeout: '30 days',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '500ms', maximumInterval: '5s', nonRetryableErrorTypes: ['MirrorDisagreement'] },
});

/**
 * The one mirror from the log to the bucket of account status: Temporal keeps exactly one going. It never ends, as the relay;
 * one that must not go on waits for `resume`, while the age of the bucket's head tells every watcher.
 */
export async function mirror(): Promise<void> {
  let resumed = false;
  setHandler(resume, () => {
    resumed = true;
  });
  try {
    await mirrorAccountStatus();
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (!(cause instanceof ApplicationFailure && cause.type === 'MirrorDisagreement')) throw error;
    log.error('the mirror stopped: the status bucket is ahead of the log', { detail: cause.message });
    await condition(() => resumed);
  }
  await continueAsNew<typeof mirror>();
}
