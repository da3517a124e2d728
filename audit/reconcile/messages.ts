import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type StoredMsg,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { untilAnswered } from '../../bus/retry.ts';
import { EVENTS } from '../../bus/streams.ts';
import type { Delivered } from './compareMessages.ts';

const BATCH = 256;
const WITHIN_MS = 10_000;
const NO_RESULTS = 404;

type Reading = {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly signal: AbortSignal | undefined;
};

/** The messages that the stream holds from one sequence to another, a batch at a time; what is not there is passed over. */
export async function* readMessages(
  { nc, jsm, signal }: Reading,
  from: number,
  to: number,
): AsyncGenerator<Delivered, void> {
  for (let seq = from; seq <= to; ) {
    const batch = await untilAnswered(nc, () => readBatch(jsm, seq), { signal });
    for (const message of batch) if (message.seq <= to) yield toDelivered(message);
    const last = batch.at(-1);
    if (!last) return;
    seq = last.seq + 1;
  }
}

/** One message from the stream's leader; undefined when it is not there. */
export async function readMessage({ nc, jsm, signal }: Reading, seq: number): Promise<Delivered | undefined> {
  const message = await untilAnswered(nc, () => jsm.streams.getMessage(EVENTS, { seq }).catch(orNone), {
    signal,
  });
  return message ? toDelivered(message) : undefined;
}

function orNone(error: unknown): undefined {
  if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.NoMessageFound) return undefined;
  throw error;
}

const toDelivered = ({ seq, subject, header, data }: StoredMsg): Delivered => ({
  seq,
  subject,
  msgId: header.get('Nats-Msg-Id'),
  data,
});

/** A server that goes away in the middle says nothing more: then the batch ends with an error, and is read again. */
async function readBatch(jsm: JetStreamManager, seq: number): Promise<StoredMsg[]> {
  const iterator = await jsm.direct.getBatch(EVENTS, { seq, batch: BATCH });
  const timer = setTimeout(() => iterator.stop(new Error('the batch did not end in time')), WITHIN_MS);
  const messages: StoredMsg[] = [];
  try {
    for await (const message of iterator) messages.push(message);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NO_RESULTS)) throw error;
  } finally {
    clearTimeout(timer);
  }
  return messages;
}
