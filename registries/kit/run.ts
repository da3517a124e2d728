import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { connectBus } from '../../bus/connect.ts';
import { consumeDurable, type Handled } from '../../bus/consume.ts';
import { QUERIES } from '../../bus/streams.ts';
import { querySubject } from '../../bus/subjects.ts';
import { carriedBy, inSpan } from '../../telemetry/span.ts';
import type { Adapter } from './adapter.ts';
import { answering } from './answering.ts';
import { tellChanges } from './changes.ts';
import { type Cursor, cursorInMemory } from './cursor.ts';
import { standing } from './health.ts';
import { discreet } from './log.ts';
import type { ReplyMemory } from './memory.ts';
import { type Meter, meterOf } from './meter.ts';
import { graceAfter } from './send.ts';

/** Where the adapter listens: a connection of its own, or one that is there already and stays open. */
export type RunConnection =
  | { readonly servers: string | string[]; readonly nc?: undefined }
  | { readonly servers?: undefined; readonly nc: NatsConnection };

export type RunOptions = RunConnection & {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Final replies; those of this process by default. */
  readonly memory?: ReplyMemory;
  /** Where the changes go on; at the beginning, in each process, by default. */
  readonly cursor?: Cursor;
  readonly meter?: Meter;
  /** Called each time the subscription stands. */
  readonly onReady?: () => void;
  /** Told whether the adapter listens, whenever that is asked. */
  readonly onStanding?: (isListening: () => boolean) => void;
  /** Interval of the health line in the log, in ms (default 60 000). */
  readonly healthEveryMs?: number;
  /** Longest wait before a failed question is tried again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
};

/** Time to publish a reply that was ready when the adapter was stopped, in ms. */
const GRACE_MS = 3_000;

/**
 * Answers the questions of the adapter's party, and tells its changes, until the signal is aborted. A question is acknowledged once
 * its reply is stored in stream `ANSWERS`; one that comes again gets the same reply without being looked up again. A question
 * without the right shape is terminated. Streams that are not there yet, and NATS being down, are waited for.
 */
export async function runAdapter(adapter: Adapter, options: RunOptions): Promise<void> {
  const { party, concurrency } = adapter;
  const { signal, healthEveryMs = 60_000, maxRetryMs, meter = meterOf(party) } = options;
  const log = discreet(options.log, { party });
  const nc = options.nc ?? (await connectBus({ servers: options.servers, name: `adapter-${party}`, party }));
  const stands = standing(nc, meter);
  options.onStanding?.(stands.isListening);
  const health = setInterval(() => {
    log.info({ ...meter.totals(), listening: stands.isListening() }, 'adapter alive');
  }, healthEveryMs);
  const patience = graceAfter(signal, GRACE_MS);
  const answer = answering({ adapter, nc, log, meter, patience, memory: options.memory });
  const { cursor = cursorInMemory() } = options;
  const telling = 'lookup' in adapter ? tellChanges(adapter, { nc, signal, log, cursor, meter }) : undefined;
  try {
    await consumeDurable({
      nc,
      signal,
      log,
      stream: QUERIES,
      durable: party,
      bind: true,
      filter: querySubject(party),
      maxAckPending: concurrency,
      ...(maxRetryMs === undefined ? {} : { maxRetryMs }),
      onReady: () => {
        stands.stands();
        options.onReady?.();
      },
      handle: (message, stopped) => traced(message, party, () => answer(message, stopped)),
    });
    await telling;
  } finally {
    clearInterval(health);
    stands.forget();
    log.info(meter.totals(), 'adapter stopped');
    if (!options.nc) await nc.close();
  }
}

/** The answering of a question as a part of the trace that asked it, if it is traced. */
function traced(message: JsMsg, party: string, work: () => Promise<Handled>): Promise<Handled> {
  const within = carriedBy((name) => message.headers?.get(name) || undefined);
  const attributes = {
    'messaging.system': 'nats',
    'messaging.destination.name': message.subject,
    'orgeid.attempt': message.info.deliveryCount,
  };
  return inSpan(`answer ${party}`, { kind: SpanKind.CONSUMER, within, attributes }, work);
}
