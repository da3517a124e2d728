import { AckPolicy, type Consumer, DeliverPolicy, type JsMsg, jetstream } from '@nats-io/jetstream';
import { millis, type NatsConnection, nanos } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import { nameOf } from './retry.ts';
import { pullInSlots } from './slots.ts';
import { API_TIMEOUT_MS, manager } from './streams.ts';
import { backoffMs, pause } from './wait.ts';

/** `terminate`: never deliver this message again, with a reason for the server's advisory. */
export type Handled = undefined | { readonly terminate: string };

export type ConsumeOptions = {
  readonly nc: NatsConnection;
  readonly stream: string;
  /** Name under which the server remembers how far this subscriber came. */
  readonly durable: string;
  readonly filter: string;
  /**
   * Only takes part in a consumer that the system makes, as an adapter does whose credentials allow no more: it is waited for, never made
   * or altered. Its own `ack_wait` counts then, and `maxAckPending` is what this process takes at once.
   */
  readonly bind?: boolean;
  /** Messages handled at once, over all processes that share the durable (default 64). Use 1 to keep their order. */
  readonly maxAckPending?: number;
  /** A message not acknowledged or kept alive for so long is delivered again, in ms (default 30 000). */
  readonly ackWaitMs?: number;
  /** Longest wait before a failed message is delivered again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
  /** Acknowledged when it returns, delivered again later when it throws. The signal is aborted by a stop. */
  handle(message: JsMsg, signal: AbortSignal): Promise<Handled>;
  readonly signal: AbortSignal;
  /** Called each time the subscription stands. */
  onReady?(): void;
  readonly log?: Logger;
};

/**
 * Handles the messages of a durable pull consumer until the signal is aborted and the running handlers are done.
 *
 * Delivery is at least once: a handler may meet a message again, and meets all of them again when stream and consumer
 * were lost. A handler that takes long is kept alive. Stream or server missing: waited for.
 */
export async function consumeDurable(options: ConsumeOptions): Promise<void> {
  const { nc, signal, log, stream, durable } = options;
  const running = new Set<Promise<void>>();
  for (let failures = 0; !signal.aborted && !nc.isClosed(); ) {
    try {
      const consumer = await bindConsumer(options);
      const take = options.bind ? pullOwnShare : pull;
      await take(consumer, options, running, () => {
        failures = 0;
        options.onReady?.();
      });
    } catch (error) {
      if (signal.aborted || nc.isClosed()) break;
      log?.warn({ stream, durable, error: nameOf(error) }, 'the subscription broke and is made anew');
    }
    if (!signal.aborted) await pause(backoffMs(++failures), signal);
  }
  await Promise.all(running);
  if (!nc.isClosed()) await nc.flush().catch(() => {});
}

async function bindConsumer(options: ConsumeOptions): Promise<Consumer> {
  const { nc, stream, durable, filter, bind, maxAckPending = 64, ackWaitMs = 30_000 } = options;
  const js = jetstream(nc, { timeout: API_TIMEOUT_MS });
  if (bind) return js.consumers.get(stream, durable);
  const jsm = await manager(nc);
  await jsm.consumers.add(stream, {
    durable_name: durable,
    filter_subject: filter,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxAckPending,
  });
  return js.consumers.get(stream, durable);
}

/** The server holds back what exceeds `max_ack_pending`, so a message never waits here for its turn. */
async function pull(
  consumer: Consumer,
  options: ConsumeOptions,
  running: Set<Promise<void>>,
  onReady: () => void,
): Promise<void> {
  const { signal, maxAckPending = 64 } = options;
  const messages = await consumer.consume({
    max_messages: Math.max(maxAckPending, 1),
    abort_on_missing_resource: true,
  });
  await closedInTime(
    options,
    () => void messages.close(),
    async () => {
      try {
        onReady();
        if (signal.aborted) return;
        for await (const message of messages) void begin(message, options, running);
      } finally {
        await messages.close();
      }
    },
  );
}

/** A consumer of the system delivers to every process what it asks for: each asks for no more than it takes at once. */
async function pullOwnShare(
  consumer: Consumer,
  options: ConsumeOptions,
  running: Set<Promise<void>>,
  onReady: () => void,
): Promise<void> {
  const { signal, maxAckPending = 64 } = options;
  const { ack_wait: ackWait } = (await consumer.info(true)).config;
  const own = ackWait === undefined ? options : { ...options, ackWaitMs: millis(ackWait) };
  const slots = pullInSlots(consumer, maxAckPending, (message) => begin(message, own, running));
  await closedInTime(options, slots.close, async () => {
    if (signal.aborted) slots.close();
    onReady();
    await slots.ended;
  });
}

/** Settles a message, and keeps it among those that are waited for at the end. */
function begin(message: JsMsg, options: ConsumeOptions, running: Set<Promise<void>>): Promise<void> {
  const work = settle(message, options).finally(() => running.delete(work));
  running.add(work);
  return work;
}

/** While the work goes on, `close` is called when the subscription is to end, and when the connection came back. */
async function closedInTime(
  { nc, signal }: ConsumeOptions,
  close: () => void,
  work: () => Promise<void>,
): Promise<void> {
  signal.addEventListener('abort', close, { once: true });
  const unwatch = onReconnect(nc, close);
  try {
    await work();
  } finally {
    signal.removeEventListener('abort', close);
    unwatch();
  }
}

/** The client's own recovery waits 30 s when JetStream is not ready yet right after a reconnect; binding anew does not. */
function onReconnect(nc: NatsConnection, act: () => void): () => void {
  const statuses = nc.status() as AsyncIterable<{ type: string }> & { stop?(): void };
  void (async () => {
    for await (const { type } of statuses) if (type === 'reconnect') act();
  })();
  return () => statuses.stop?.();
}

async function settle(message: JsMsg, options: ConsumeOptions): Promise<void> {
  const { ackWaitMs = 30_000, maxRetryMs = 10_000, stream, durable, signal, log } = options;
  const keepAlive = setInterval(() => tell(() => message.working()), Math.max(100, ackWaitMs / 3));
  try {
    const handled = await options.handle(message, signal);
    tell(() => (handled ? message.term(handled.terminate) : message.ack()));
  } catch (error) {
    const delay = signal.aborted ? 0 : backoffMs(message.info.deliveryCount, maxRetryMs);
    if (!signal.aborted) {
      log?.warn(
        { stream, durable, seq: message.seq, delay, error: nameOf(error) },
        'a message is tried again',
      );
    }
    tell(() => message.nak(delay));
  } finally {
    clearInterval(keepAlive);
  }
}

/** What cannot be told, the connection being closed, the server finds out by `ack_wait`: the message comes again. */
function tell(act: () => void): void {
  try {
    act();
  } catch {}
}
