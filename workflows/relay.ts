import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  log,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

/** Runs until it is cancelled, or until the stream disagrees with the log. */
export type RelayActivities = { relayEvents(): Promise<void> };

/** An operator tells the relay that a disagreement was looked into and it may go on. */
export const resume = defineSignal('resume');

const { relayEvents } = proxyActivities<RelayActivities>({
  startToCloseTimeout: '30 days',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '500ms', maximumInterval: '5s', nonRetryableErrorTypes: ['RelayDisagreement'] },
});

/**
 * The one relay from the log to the stream: Temporal keeps exactly one going, and stops it when it must not go on. It never
 * ends: a worker that stops in good order ends its activity, and another worker takes the next run.
 */
export async function relay(): Promise<void> {
  let resumed = false;
  setHandler(resume, () => {
    resumed = true;
  });
  try {
    await relayEvents();
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (!(cause instanceof ApplicationFailure && cause.type === 'RelayDisagreement')) throw error;
    log.error('the relay stopped: the stream disagrees with the log', { detail: cause.message });
    await condition(() => resumed);
  }
  await continueAsNew<typeof relay>();
}
