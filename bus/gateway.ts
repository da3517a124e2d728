import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { AnswerDisposition, Party } from '../schemas/registry.ts';
import { type Answer, type Judgement, judgeAnswer } from './answer.ts';
import { consumeDurable, type Handled } from './consume.ts';
import { ANSWERS } from './streams.ts';

/** `LATE`: nobody waits for this answer (any more); it changed nothing. */
export type Settlement = 'TAKEN' | 'LATE';

/** One incoming message and what was made of it. */
export type JournalEntry = {
  readonly disposition: AnswerDisposition;
  readonly receivedAt: string;
  readonly party?: Party;
  readonly answerId?: string;
  readonly questionId?: string;
  /** Paths and codes, no values. */
  readonly detail?: string;
  /** The answer, when it had the right shape. */
  readonly payload?: Answer;
  readonly raw: Uint8Array;
};

export type GatewayOptions = {
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  /** Hands the answer to whoever waits for it. Throws when that cannot be told now; the message then comes again. */
  complete(questionId: string, payload: Answer): Promise<Settlement>;
  /** Tells whoever waits that the registry asks to be asked again. */
  unavailable(questionId: string, detail: string, retryAfterMs?: number): Promise<Settlement>;
  /**
   * Writes an entry. For `LATE` it first looks whether an entry of this party and answer id was `TAKEN` or `UNAVAILABLE`:
   * then it writes nothing and says `duplicate`, and the gateway journals the message as `DUPLICATE`. For every other
   * disposition `duplicate` is not looked at.
   */
  journal(entry: JournalEntry): Promise<{ duplicate: boolean }>;
  /** Takes a message within the trace that its headers carry. */
  within?<T>(header: (name: string) => string | undefined, work: () => Promise<T>): Promise<T>;
  readonly log: Logger;
  readonly onReady?: () => void;
  /** Longest wait before an answer that could not be settled comes again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
};

/**
 * Takes what arrives on `answers.*` until the signal is aborted: settles it with the case, journals it, acknowledges it,
 * in this order, so that a crash between any two of them brings the message again and never loses an answer. An answer
 * that was taken and could not be journaled is journaled as taken when it comes again; only after a crash just between
 * the two does the journal say `LATE` of an answer that the case holds.
 */
export async function runGateway(options: GatewayOptions): Promise<void> {
  const { nc, signal, log } = options;
  const unjournaled = new LRUCache<string, Settled>({ max: 10_000 });
  const { within = (_header, work) => work() } = options;
  await consumeDurable({
    nc,
    signal,
    log,
    stream: ANSWERS,
    durable: 'gateway',
    filter: 'answers.*',
    maxAckPending: 256,
    ...(options.maxRetryMs === undefined ? {} : { maxRetryMs: options.maxRetryMs }),
    ...(options.onReady ? { onReady: options.onReady } : {}),
    handle: (message) =>
      within(
        (name) => message.headers?.get(name) || undefined,
        () => take(message, options, unjournaled),
      ),
  });
}

async function take(
  message: JsMsg,
  options: GatewayOptions,
  unjournaled: LRUCache<string, Settled>,
): Promise<Handled> {
  const key = `${message.seq} ${message.timestamp}`;
  const settled = unjournaled.get(key) ?? (await settle(judgeAnswer(message.subject, message.data), options));
  unjournaled.set(key, settled);
  const entry = { ...settled, receivedAt: message.time.toISOString(), raw: message.data };
  const disposition = await journal(entry, options);
  unjournaled.delete(key);
  const { party, answerId, questionId, detail } = entry;
  const level = disposition === 'MALFORMED' || disposition === 'MISADDRESSED' ? 'warn' : 'info';
  options.log[level]({ disposition, party, answerId, questionId, detail }, 'answer settled');
  return undefined;
}

type Settled = Omit<JournalEntry, 'receivedAt' | 'raw'>;

async function settle(judgement: Judgement, options: GatewayOptions): Promise<Settled> {
  const { kind, ...named } = judgement;
  if (!('answer' in named)) {
    return { ...named, disposition: kind === 'MISADDRESSED' ? kind : 'MALFORMED' };
  }
  const { answer, ...names } = named;
  const isUnavailable = answer.outcome === 'UNAVAILABLE';
  const settlement = isUnavailable
    ? await options.unavailable(names.questionId, answer.detail, answer.retryAfterMs)
    : await options.complete(names.questionId, answer);
  const taken = isUnavailable ? 'UNAVAILABLE' : 'TAKEN';
  return { ...names, disposition: settlement === 'TAKEN' ? taken : 'LATE', payload: answer };
}

/** Returns the disposition that was written. */
async function journal(entry: JournalEntry, options: GatewayOptions): Promise<AnswerDisposition> {
  const { duplicate } = await options.journal(entry);
  if (entry.disposition !== 'LATE' || !duplicate) return entry.disposition;
  await options.journal({ ...entry, disposition: 'DUPLICATE' });
  return 'DUPLICATE';
}
