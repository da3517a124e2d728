import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';

/** How long one request for a message stands, in ms. */
const STANDS_MS = 30_000;

/**
 * Takes messages from a consumer whose settings are not ours: at most `most` at once, each asked for only when there is room for
 * it, so that none waits here while its time to be acknowledged runs.
 *
 * @returns a way to end it, and a promise that rejects when the consumer is gone
 */
export function pullInSlots(consumer: Consumer, most: number, take: (message: JsMsg) => Promise<void>) {
  const open = new Set<ConsumerMessages>();
  let ending = false;

  async function slot(): Promise<void> {
    while (!ending) {
      const messages = await consumer.fetch({ max_messages: 1, expires: STANDS_MS });
      open.add(messages);
      if (ending) void messages.close();
      let taken: JsMsg | undefined;
      try {
        for await (const message of messages) taken = message;
      } finally {
        open.delete(messages);
      }
      if (taken) await take(taken);
    }
  }
  const close = (): void => {
    ending = true;
    for (const messages of open) void messages.close();
  };
  const ended = Promise.all(Array.from({ length: Math.max(most, 1) }, slot)).finally(close);
  return { close, ended };
}
