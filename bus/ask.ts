import type { NatsConnection } from '@nats-io/nats-core';
import { OWN_SOURCE } from '../schemas/cloud-event.ts';
import type { NoticeOrder, Party, RegistryQuery } from '../schemas/registry.ts';
import { encodeMessage, messageHeaders } from './envelope.ts';
import { publishAcked } from './publish.ts';
import type { Persistence } from './retry.ts';
import { querySubject } from './subjects.ts';

/**
 * Puts a question to a registry, or an order to a channel's gateway, and returns once JetStream has stored it.
 * The same attempt published twice is one message; each further attempt is a message of its own, so that a party
 * which lost the first one hears it again.
 * With `ttlMs` the stream drops it after so long, in whole seconds.
 * `trace` are headers that carry a trace on.
 * @throws the signal's reason when aborted before NATS answered
 */
export async function publishQuestion(
  nc: NatsConnection,
  party: Party,
  question: RegistryQuery | NoticeOrder,
  attempt: number,
  { ttlMs, ...persistence }: Persistence & { readonly ttlMs?: number | undefined } = {},
  trace: Readonly<Record<string, string>> = {},
): Promise<void> {
  const id = `${question.id}/${attempt}`;
  const sending = { id, source: OWN_SOURCE, time: question.askedAt };
  await publishAcked(
    nc,
    {
      subject: querySubject(party),
      payload: encodeMessage(sending, { ...question, attempt }),
      msgId: id,
      ttlMs,
      headers: { ...trace, ...messageHeaders(question.correlationId) },
    },
    persistence,
  );
}
