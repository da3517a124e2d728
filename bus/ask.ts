import type { NatsConnection } from '@nats-io/nats-core';
import type { NoticeOrder, Party, RegistryQuery } from '../schemas/registry.ts';
import { publishAcked } from './publish.ts';
import type { Persistence } from './retry.ts';
import { querySubject } from './subjects.ts';

/**
 * Puts a question to a registry, or an order to a channel's gateway, and returns once JetStream has stored it.
 * The same attempt published twice is one message; each further attempt is a message of its own, so that a party
 * which lost the first one hears it again.
 * `trace` are headers that carry a trace on.
 * @throws the signal's reason when aborted before NATS answered
 */
export async function publishQuestion(
  nc: NatsConnection,
  party: Party,
  question: RegistryQuery | NoticeOrder,
  attempt: number,
  persistence: Persistence = {},
  trace: Readonly<Record<string, string>> = {},
): Promise<void> {
  await publishAcked(
    nc,
    {
      subject: querySubject(party),
      payload: JSON.stringify({ ...question, attempt }),
      msgId: `${question.id}/${attempt}`,
      headers: {
        ...trace,
        'Content-Type': 'application/json',
        'Correlation-Id': question.correlationId,
      },
    },
    persistence,
  );
}
