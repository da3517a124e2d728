import type { NatsConnection } from '@nats-io/transport-node';
import { CompleteAsyncError, Context } from '@temporalio/activity';
import { failpoint } from '../processes/failpoint.ts';
import type { AskActivities } from '../workflows/ask.ts';
import { askRegistry, orderNotice, type Putting } from './questions.ts';

/** Which attempt this is, as Temporal counts them, and how long it waits. */
function putting(): Putting {
  const { info } = Context.current();
  const asked = Date.now();
  return {
    attempt: info.attempt,
    askedAt: new Date(asked).toISOString(),
    answerBy: new Date(asked + info.startToCloseTimeoutMs).toISOString(),
  };
}

/**
 * Asks registries and channels over NATS. The activity stays open until the gateway completes it with the answer,
 * which may be days later; Temporal's time-outs and retries ask again.
 */
export const askActivities = (nc: NatsConnection): AskActivities => ({
  async callRegistry(asking) {
    failpoint('effect.taken');
    await askRegistry(nc, asking, putting());
    failpoint('effect.asked');
    throw new CompleteAsyncError();
  },
  async notify(asking) {
    failpoint('effect.taken');
    await orderNotice(nc, asking, putting());
    failpoint('effect.asked');
    throw new CompleteAsyncError();
  },
});
