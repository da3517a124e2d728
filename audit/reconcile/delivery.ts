import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { untilAnswered } from '../../bus/retry.ts';
import { EVENTS, manager } from '../../bus/streams.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import type { Queryable } from '../../store/pool.ts';
import { readHead, readLog } from '../../store/read.ts';
import { compareMessage, compareMessages } from './compareMessages.ts';
import type { Comparison, Discrepancy } from './discrepancy.ts';
import { readMessage, readMessages } from './messages.ts';
import type { Settling } from './settle.ts';

export type DeliveryOptions = {
  readonly pool: Pool;
  readonly nc: NatsConnection;
  readonly settling: Settling;
  /** How old an event may be that is not delivered yet, ms. */
  readonly lateAfterMs: number;
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number): void;
};

const PAGE = 500;

/**
 * Every message of stream EVENTS beside what the relay would make of the event at that position today, byte for byte. Events that were
 * recorded lately and are not there yet are counted, not reported.
 */
export async function* compareDelivery(options: DeliveryOptions): Comparison {
  const { pool, nc, settling, signal, onProgress } = options;
  const reading = { nc, jsm: await manager(nc), signal };
  const info = await untilAnswered(nc, () => infoOf(reading.jsm), { signal });
  const head = (await readHead(pool)).position;
  if (!info) {
    yield* settling.suspect({
      seen: [NO_STREAM],
      again: async () => ((await infoOf(reading.jsm)) ? [] : [NO_STREAM]),
    });
    yield* settling.settled();
    return { from: 0, to: 0, head };
  }
  const { first_seq, last_seq: to } = info.state;
  const from = Math.max(1, first_seq);
  const gone = () => removedIn(reading.jsm);
  yield* settling.suspect({ seen: removed(info), again: gone });

  let done = 0;
  const events = eventsFrom(pool, from, to);
  for await (const seen of compareMessages({ messages: counted(readMessages(reading, from, to)), events })) {
    const { position } = seen;
    yield* settling.suspect({
      seen: [seen],
      again: async () => {
        const message = await readMessage(reading, position);
        // A stream that is being filled anew has not come as far yet.
        if (!message && ((await infoOf(reading.jsm))?.state.last_seq ?? 0) < position) return [];
        const [event] = await readLog(pool, position - 1, 1);
        const now = compareMessage(message, event?.position === position ? event : undefined);
        return now ? [now] : [];
      },
    });
  }
  const late = () => lateIn(pool, reading.jsm, options.lateAfterMs);
  yield* settling.suspect({ seen: await late(), again: late });
  yield* settling.settled();
  return { messages: done, from, to, head, behind: Math.max(0, head - to) };

  async function* counted<T>(messages: AsyncIterable<T>): AsyncGenerator<T, void> {
    for await (const message of messages) {
      signal?.throwIfAborted();
      done += 1;
      if (done % PAGE === 0) onProgress?.(done);
      yield message;
    }
  }
}

const NO_STREAM: Discrepancy = {
  source: 'DELIVERY',
  kind: 'STREAM_MISSING',
  detail: 'there is no stream EVENTS',
};

async function infoOf(jsm: JetStreamManager): Promise<StreamInfo | undefined> {
  try {
    return await jsm.streams.info(EVENTS);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  }
}

const removedIn = async (jsm: JetStreamManager): Promise<Discrepancy[]> => {
  const info = await infoOf(jsm);
  return info ? removed(info) : [];
};

/** What is gone from the front, unless the stream has limits, which may have removed it. */
function removed({ config, state: { first_seq, last_seq } }: StreamInfo): Discrepancy[] {
  const limits = [config.max_age, config.max_msgs, config.max_bytes, config.max_msgs_per_subject];
  const last = Math.min(first_seq - 1, last_seq);
  if (last < 1 || limits.some((limit) => limit > 0)) return [];
  const detail = `the stream has no limits, and does not hold positions 1 to ${last}`;
  return [{ source: 'DELIVERY', kind: 'MESSAGE_MISSING', detail, position: 1, found: last }];
}

async function lateIn(pool: Pool, jsm: JetStreamManager, lateAfterMs: number): Promise<Discrepancy[]> {
  const reached = (await infoOf(jsm))?.state.last_seq ?? 0;
  const [next] = await readLog(pool, reached, 1);
  if (!next || Date.now() - Date.parse(next.recordedAt) <= lateAfterMs) return [];
  const { position, stream, version, recordedAt } = next;
  const detail = `the event was recorded at ${recordedAt} and is not delivered`;
  return [{ source: 'DELIVERY', kind: 'DELIVERY_LATE', detail, position, stream, version }];
}

async function* eventsFrom(db: Queryable, from: number, to: number): AsyncGenerator<LoggedEvent, void> {
  for (let after = from - 1; after < to; ) {
    const events = await readLog(db, after, PAGE);
    for (const event of events) {
      if (event.position > to) return;
      yield event;
    }
    const last = events.at(-1);
    if (!last) return;
    after = last.position;
  }
}
