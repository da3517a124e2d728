import { type JetStreamClient, jetstream, type PubAck } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { LoggedEvent } from '../schemas/case.ts';
import { encodeCloudEvent } from './cloudevents.ts';
import { RelayDisagreement } from './errors.ts';
import { toHeaders } from './publish.ts';
import { mayPass } from './retry.ts';
import { API_TIMEOUT_MS, EVENTS } from './streams.ts';
import { eventSubject } from './subjects.ts';

/** The server's refusals that another look at the stream resolves: wrong last sequence, in its two codes. */
const WRONG_LAST_SEQUENCE = new Set([10071, 10164]);

type Outcome = { readonly ack: PubAck } | { readonly error: unknown };

type BatchOptions = {
  readonly signal: AbortSignal;
  readonly failpoint?: ((name: string) => void | Promise<void>) | undefined;
};

/**
 * Publishes events without waiting between them; each expects its predecessor as the stream's last message, so a lost
 * or refused one stops all that follow and the order holds.
 *
 * @returns how many of them, from the first on, the stream now holds; fewer than given: read the stream again
 * @throws RelayDisagreement when the stream holds an event at another sequence
 */
export async function publishBatch(
  nc: NatsConnection,
  events: readonly LoggedEvent[],
  { signal, failpoint }: BatchOptions,
): Promise<number> {
  const js = jetstream(nc);
  const sent: Promise<Outcome>[] = [];
  for (const event of events) {
    if (sent.length > 0 && failpoint) await failpoint('relay.mid-batch');
    if (signal.aborted) break;
    sent.push(
      publishEvent(js, event).then(
        (ack) => ({ ack }),
        (error: unknown) => ({ error }),
      ),
    );
  }
  const outcomes = await Promise.all(sent);
  let stored = 0;
  for (const [i, outcome] of outcomes.entries()) {
    if ('error' in outcome) {
      if (!isPassing(outcome.error) || nc.isClosed()) throw outcome.error;
      break;
    }
    const position = events[i]?.position ?? 0;
    if (outcome.ack.seq !== position) {
      throw new RelayDisagreement(position, `its event stands at sequence ${outcome.ack.seq}`);
    }
    stored++;
  }
  return stored;
}

function publishEvent(js: JetStreamClient, event: LoggedEvent): Promise<PubAck> {
  return js.publish(eventSubject(event), encodeCloudEvent(event), {
    msgID: event.hash,
    expect: { streamName: EVENTS, lastSequence: event.position - 1 },
    headers: toHeaders({ 'Content-Type': 'application/cloudevents+json' }),
    timeout: API_TIMEOUT_MS,
  });
}

function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (typeof code === 'number' && WRONG_LAST_SEQUENCE.has(code)) || mayPass(error);
}
