import type { NatsConnection } from '@nats-io/nats-core';
import { messageHeaders } from '../../bus/envelope.ts';
import { publishAcked } from '../../bus/publish.ts';
import type { Persistence } from '../../bus/retry.ts';
import { answerSubject } from '../../bus/subjects.ts';
import { carried } from '../../telemetry/span.ts';
import type { Question, Send } from './adapter.ts';

/** Publishes replies to a question on its party's own subject, with the question's correlation id. */
export function sender(nc: NatsConnection, question: Question, persistence: Persistence): Send {
  const own = 'registry' in question ? question.registry : question.channel;
  return async ({ payload, msgId, party = own }) => {
    const headers = { ...carried(), ...messageHeaders(question.correlationId) };
    await publishAcked(nc, { subject: answerSubject(party), payload, msgId, headers }, persistence);
  };
}

/** A signal that is aborted so many ms after another one. */
export function graceAfter(signal: AbortSignal, ms: number): AbortSignal {
  const later = new AbortController();
  const start = () => setTimeout(() => later.abort(signal.reason), ms).unref();
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return later.signal;
}
