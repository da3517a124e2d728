import type { NatsConnection } from '@nats-io/transport-node';
import { CompleteAsyncError, Context } from '@temporalio/activity';
import { publishQuestion } from '../bus/ask.ts';
import type { AskActivities } from '../workflows/ask.ts';
import { failpoint } from './failpoint.ts';

/**
 * Asks registries and channels over NATS. The activity stays open until the gateway completes it with the answer,
 * which may be days later; Temporal's time-outs and retries ask again.
 */
export function askActivities(nc: NatsConnection): AskActivities {
  const head = () => {
    const { info } = Context.current();
    const asked = Date.now();
    return {
      attempt: info.attempt,
      askedAt: new Date(asked).toISOString(),
      answerBy: new Date(asked + info.startToCloseTimeoutMs).toISOString(),
    };
  };
  return {
    async callRegistry({ input, correlationId }) {
      const { queryId, registry, subject, fields } = input;
      const { attempt, askedAt, answerBy } = head();
      const schema = 'registry-query/1' as const;
      const query = {
        schema,
        id: queryId,
        registry,
        attempt,
        askedAt,
        answerBy,
        correlationId,
        subject,
        fields: [...fields],
      };
      await publishQuestion(nc, registry, query, attempt);
      failpoint('effect.asked');
      throw new CompleteAsyncError();
    },
    async notify({ input, correlationId }) {
      const { orderId, channel, to, template, values } = input;
      const { attempt, askedAt } = head();
      const schema = 'notice-order/1' as const;
      const order = {
        schema,
        id: orderId,
        channel,
        attempt,
        askedAt,
        correlationId,
        to,
        template,
        values: { ...values },
      };
      await publishQuestion(nc, channel, order, attempt);
      failpoint('effect.asked');
      throw new CompleteAsyncError();
    },
  };
}
