import type { NatsConnection } from '@nats-io/transport-node';
import { CompleteAsyncError, Context } from '@temporalio/activity';
import { toInstant, toMs } from '../domain/time.ts';
import { failpoint } from '../processes/failpoint.ts';
import type { Party } from '../schemas/registry.ts';
import type { AskedQuestion } from '../store/questions.ts';
import type { AskActivities, Asking } from '../workflows/ask.ts';
import { askRegistry, orderNotice, type Putting } from './questions.ts';

/** Notes that an attempt is put, for people to see; the asking goes on without it. */
export type NoteAsked = (asked: AskedQuestion) => Promise<void>;

/** Which attempt this is of how many, as Temporal counts them, and how long it waits. */
function attemptOf({ attempts }: Asking<unknown>): Putting {
  const { info } = Context.current();
  const asked = Date.now();
  return {
    attempt: info.attempt,
    ...(attempts === undefined ? {} : { attempts }),
    askedAt: toInstant(asked),
    answerBy: toInstant(asked + info.startToCloseTimeoutMs),
  };
}

/**
 * Asks registries and channels over NATS. The activity stays open until the gateway completes it with the answer,
 * which may be days later; Temporal's time-outs and retries ask again.
 */
export function askActivities(nc: NatsConnection, note: NoteAsked = async () => {}): AskActivities {
  async function putting(asking: Asking<unknown>, questionId: string, party: Party): Promise<Putting> {
    failpoint('effect.taken');
    const now = attemptOf(asking);
    await note({ questionId, party, ...now, nextTryAt: nextTryAt(asking, now) });
    return now;
  }
  return {
    async callRegistry(asking) {
      const { queryId, registry } = asking.input;
      await askRegistry(nc, asking, await putting(asking, queryId, registry));
      failpoint('effect.asked');
      throw new CompleteAsyncError();
    },
    async notify(asking) {
      const { orderId, channel } = asking.input;
      await orderNotice(nc, asking, await putting(asking, orderId, channel));
      failpoint('effect.asked');
      throw new CompleteAsyncError();
    },
  };
}

/** When Temporal puts the next attempt if this one gets no answer: its pause doubles with each. Undefined for the last. */
function nextTryAt(
  { attempts, backoffMs }: Asking<unknown>,
  { attempt, answerBy }: Putting,
): string | undefined {
  if (attempts === undefined || backoffMs === undefined || answerBy === undefined || attempt >= attempts) {
    return undefined;
  }
  return toInstant(toMs(answerBy) + Math.min(backoffMs * 2 ** (attempt - 1), backoffMs * 100));
}
