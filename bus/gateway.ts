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
  /** Since when the party had no valid key at that instant (ISO 8601); undefined while it had one, or never was given any. */
  revoked?(party: Party, at: string): Promise<string | undefined>;
  /**
   * Writes an entry, and says as what. A `LATE` one it writes as `DUPLICATE` when the very same was taken before, and as `CONTRADICTS`
   * when another was that says something else; every other disposition is written as it is.
   */
  journal(entry: JournalEntry): Promise<AnswerDisposition>;
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
  const inTurn = turns();
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
        () => take(message, options, unjournaled, inTurn),
      ),
  });
}

async function take(
  message: JsMsg,
  options: GatewayOptions,
  unjournaled: LRUCache<string, Settled>,
  inTurn: InTurn,
): Promise<Handled> {
  const key = `${message.seq} ${message.timestamp}`;
  const receivedAt = message.time.toISOString();
  const judgement = judgeAnswer(message.subject, message.data);
  const [settled, disposition] = await inTurn(judgement.questionId ?? key, async () => {
    const found = unjournaled.get(key) ?? (await settle(judgement, receivedAt, options));
    unjournaled.set(key, found);
    return [found, await options.journal({ ...found, receivedAt, raw: message.data })] as const;
  });
  unjournaled.delete(key);
  const { party, answerId, questionId, detail } = settled;
  const level = suspicious.includes(disposition) ? 'warn' : 'info';
  options.log[level]({ disposition, party, answerId, questionId, detail }, 'answer settled');
  return undefined;
}

type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Work of one key one after another: of two answers to a question the second is judged beside the first. */
function turns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

type Settled = Omit<JournalEntry, 'receivedAt' | 'raw'>;

const suspicious: readonly AnswerDisposition[] = ['MALFORMED', 'MISADDRESSED', 'CONTRADICTS', 'REVOKED'];

async function settle(judgement: Judgement, receivedAt: string, options: GatewayOptions): Promise<Settled> {
  const { kind, ...named } = judgement;
  if (!('answer' in named)) {
    return { ...named, disposition: kind === 'MISADDRESSED' ? kind : 'MALFORMED' };
  }
  const { answer, ...names } = named;
  const since = await options.revoked?.(names.party, receivedAt);
  if (since !== undefined) {
    return { ...names, disposition: 'REVOKED', detail: `no valid key since ${since}`, payload: answer };
  }
  const isUnavailable = answer.outcome === 'UNAVAILABLE';
  const settlement = isUnavailable
    ? await options.unavailable(names.questionId, whyUnavailable(answer), answer.retryAfterMs)
    : await options.complete(names.questionId, answer);
  const taken = isUnavailable ? 'UNAVAILABLE' : 'TAKEN';
  return { ...names, disposition: settlement === 'TAKEN' ? taken : 'LATE', payload: answer };
}

/** The cause as the registry gave it, in front of its words. */
const whyUnavailable = ({ cause = 'BUSY', detail }: Extract<Answer, { outcome: 'UNAVAILABLE' }>): string =>
  `${cause}: ${detail}`;
