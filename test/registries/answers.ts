import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { onTestFinished } from 'vitest';
import { publishQuestion } from '../../bus/ask.ts';
import { consumeDurable } from '../../bus/consume.ts';
import { ANSWERS } from '../../bus/streams.ts';
import type { NoticeOrder, Party, RegistryQuery } from '../../schemas/registry.ts';
import { dataOf, inEnvelope } from '../bus/envelope.ts';

export type Received = { readonly subject: string; readonly text: string; readonly correlationId: string };

/** Collects what comes on `answers.*` until the running test ends. */
export function listen(nc: NatsConnection): Received[] {
  const received: Received[] = [];
  const stop = new AbortController();
  const ended = consumeDurable({
    nc,
    stream: ANSWERS,
    durable: 'gateway',
    filter: 'answers.*',
    signal: stop.signal,
    handle: async (message) => {
      const correlationId = message.headers?.get('Correlation-Id') ?? '';
      received.push({ subject: message.subject, text: message.string(), correlationId });
      return undefined;
    },
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return received;
}

/** Puts a question under the attempt that it names. */
export function put(nc: NatsConnection, question: RegistryQuery | NoticeOrder): Promise<void> {
  return publishQuestion(nc, partyOf(question), question, question.attempt);
}

/** Puts something without a message id: a text as it is, all else in its envelope. */
export const putRaw = (nc: NatsConnection, party: Party, body: string | object) =>
  jetstream(nc).publish(`queries.${party}`, typeof body === 'string' ? body : inEnvelope(body));

const partyOf = (question: RegistryQuery | NoticeOrder): Party =>
  'registry' in question ? question.registry : question.channel;

/** What the answers say, out of their envelopes. */
export const parsed = (received: readonly Received[]): unknown[] => received.map(({ text }) => dataOf(text));
