import { AckPolicy, type ConsumerConfig, DeliverPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';

export type QueryConsumerOptions = {
  /** A question that is neither acknowledged nor kept alive for so long is delivered again, in ms (default 30 000). */
  readonly queryAckWaitMs?: number | undefined;
};

/** Delivered and not acknowledged at once, over all processes of a party. How many one process takes, it decides itself. */
const MOST_PENDING = 1_000;

/** The durable consumer of a party on QUERIES. The system makes it; an adapter may only pull from it. */
export const queryConsumer = (
  party: string,
  { queryAckWaitMs = 30_000 }: QueryConsumerOptions = {},
): Partial<ConsumerConfig> & { durable_name: string } => ({
  durable_name: party,
  filter_subject: `queries.${party}`,
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
  ack_wait: nanos(queryAckWaitMs),
  max_ack_pending: MOST_PENDING,
});
