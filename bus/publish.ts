import { jetstream, type PubAck } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { type Persistence, untilAnswered } from './retry.ts';
import { API_TIMEOUT_MS } from './streams.ts';

export type Outgoing = {
  readonly subject: string;
  readonly payload: string | Uint8Array;
  /** The stream drops a second message with the same id within its duplicate window. */
  readonly msgId: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The stream drops the message after so long, in ms, in whole seconds rounded up; QUERIES only. For ever when absent. */
  readonly ttlMs?: number | undefined;
};

/**
 * Publishes and waits until JetStream has stored the message; tries for ever with the same message id, so that a lost
 * acknowledgement does not make two messages.
 * @throws the signal's reason when aborted, and what trying again cannot mend
 */
export function publishAcked(
  nc: NatsConnection,
  message: Outgoing,
  persistence: Persistence = {},
): Promise<PubAck> {
  const js = jetstream(nc);
  return untilAnswered(
    nc,
    () =>
      js.publish(message.subject, message.payload, {
        msgID: message.msgId,
        timeout: API_TIMEOUT_MS,
        headers: toHeaders(message.headers ?? {}),
        ...(message.ttlMs === undefined ? {} : { ttl: `${Math.max(1, Math.ceil(message.ttlMs / 1_000))}s` }),
      }),
    persistence,
  );
}

/** NATS headers of a plain record. */
export function toHeaders(record: Readonly<Record<string, string>>) {
  const h = headers();
  for (const [name, value] of Object.entries(record)) h.set(name, value);
  return h;
}
