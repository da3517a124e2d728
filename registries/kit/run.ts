import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { connectBus } from '../../bus/connect.ts';
import { consumeDurable, type Handled } from '../../bus/consume.ts';
import { nameOf } from '../../bus/retry.ts';
import { QUERIES } from '../../bus/streams.ts';
import { querySubject } from '../../bus/subjects.ts';
import { carriedBy, inSpan } from '../../telemetry/span.ts';
import type { Adapter, Question, Reply } from './adapter.ts';
import { type Asking, asking } from './asking.ts';
import { memoryOfReplies, type ReplyMemory } from './memory.ts';
import { readQuestion } from './read.ts';
import { graceAfter, sender } from './send.ts';

/** Where the adapter listens: a connection of its own, or one that is there already and stays open. */
export type RunConnection =
  | { readonly servers: string | string[]; readonly nc?: undefined }
  | { readonly servers?: undefined; readonly nc: NatsConnection };

export type RunOptions = RunConnection & {
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly memory?: ReplyMemory;
  readonly onReady?: () => void;
  /** Interval of the health line in the log, in ms (default 60 000). */
  readonly healthEveryMs?: number;
  /** A question not answered and not kept alive for so long goes to another process, in ms (default 30 000). */
  readonly ackWaitMs?: number;
  /** Longest wait before a failed question is tried again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
};

/** Time to publish a reply that was ready when the adapter was stopped, in ms. */
const GRACE_MS = 3_000;

/**
 * Answers the questions of the adapter's party until the signal is aborted. A question is acknowledged once its reply
 * is stored in stream `ANSWERS`; one that comes again gets the same reply without being looked up again. A question
 * without the right shape is terminated. Streams that are not there yet, and NATS being down, are waited for.
 */
export async function runAdapter(adapter: Adapter, options: RunOptions): Promise<void> {
  const { party, concurrency } = adapter;
  const { signal, onReady, healthEveryMs = 60_000, ackWaitMs, maxRetryMs } = options;
  const log = options.log.child({ party });
  const nc = options.nc ?? (await connectBus({ servers: options.servers, name: `adapter-${party}` }));
  const counts = { asked: 0, looked: 0, repeated: 0, refused: 0, failed: 0 };
  const work: Work = {
    adapter,
    nc,
    log,
    counts,
    patience: graceAfter(signal, GRACE_MS),
    ask: asking(adapter, counts),
    memory: options.memory ?? memoryOfReplies(),
  };
  const health = setInterval(
    () => log.info({ ...counts, connected: !nc.isClosed() }, 'adapter alive'),
    healthEveryMs,
  );
  try {
    await consumeDurable({
      nc,
      signal,
      log,
      stream: QUERIES,
      durable: party,
      filter: querySubject(party),
      maxAckPending: concurrency,
      ...(ackWaitMs === undefined ? {} : { ackWaitMs }),
      ...(maxRetryMs === undefined ? {} : { maxRetryMs }),
      ...(onReady ? { onReady } : {}),
      handle: (message, stopped) => traced(message, party, () => answer(message, work, stopped)),
    });
  } finally {
    clearInterval(health);
    log.info(counts, 'adapter stopped');
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

type Work = {
  readonly adapter: Adapter;
  readonly nc: NatsConnection;
  readonly log: Logger;
  readonly counts: { asked: number; looked: number; repeated: number; refused: number; failed: number };
  readonly ask: Asking;
  readonly memory: ReplyMemory;
  /** Aborted some time after the stop. */
  readonly patience: AbortSignal;
};

async function answer(message: JsMsg, work: Work, signal: AbortSignal): Promise<Handled> {
  const { adapter, nc, counts } = work;
  counts.asked++;
  const read = readQuestion(adapter.party, message.data);
  if (!read.ok) {
    counts.refused++;
    work.log.warn({ code: read.code, detail: read.detail, seq: message.seq }, 'a question was refused');
    return { terminate: read.code };
  }
  const { question } = read;
  const log = work.log.child({ questionId: question.id, correlationId: question.correlationId });
  const reply = await replyTo(question, message, { ...work, log }, signal);
  const send = sender(nc, question, { signal: work.patience, log });
  if (adapter.respond) await adapter.respond(question, reply, send);
  else await send({ payload: JSON.stringify(reply), msgId: `${reply.id}/${question.attempt}` });
  log.info({ outcome: reply.outcome, answerId: reply.id, attempt: question.attempt }, 'question answered');
  return undefined;
}

async function replyTo(question: Question, message: JsMsg, work: Work, signal: AbortSignal): Promise<Reply> {
  const known = await work.memory.get(question.id);
  if (known) {
    work.counts.repeated++;
    return known;
  }
  try {
    const reply = await work.ask(question, message.info.deliveryCount, { signal, log: work.log });
    if (reply.final) await work.memory.put(question.id, reply.reply);
    return reply.reply;
  } catch (error) {
    if (!signal.aborted) {
      work.counts.failed++;
      work.log.error({ error: nameOf(error), delivery: message.info.deliveryCount }, 'the adapter failed');
    }
    throw error;
  }
}
