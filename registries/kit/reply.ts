import { encodeMessage } from '../../bus/envelope.ts';
import { sourceOf } from '../../schemas/cloud-event.ts';
import {
  type NoticeOrder,
  NoticeReceipt,
  RegistryAnswer,
  type RegistryQuery,
} from '../../schemas/registry.ts';
import type { Reply } from './adapter.ts';
import type { DeliveryResult, LookupResult } from './results.ts';

/**
 * The answer to a query. Its id follows from the question, so the same question has one answer; "unavailable" settles
 * nothing and has an id for each attempt.
 * @throws ZodError when the result does not have the shape of an answer
 */
export function toAnswer(query: RegistryQuery, result: LookupResult, now: string): RegistryAnswer {
  const { id: queryId, registry, attempt } = query;
  const id = `${queryId}:${registry}`;
  const head = { schema: 'registry-answer/1', queryId, attempt, registry, answeredAt: now } as const;
  switch (result.outcome) {
    case 'UNAVAILABLE': {
      const reference = `${registry}-unavailable-${attempt}`;
      return RegistryAnswer.parse({ ...head, id: `${id}:unavailable:${attempt}`, reference, ...result });
    }
    case 'REFUSED':
      return RegistryAnswer.parse({ ...head, id, reference: `${registry}-refused`, ...result });
    case 'FOUND':
      return RegistryAnswer.parse({ ...head, id, ...result, values: held(result.values) });
    case 'NOT_FOUND':
      return RegistryAnswer.parse({ ...head, id, ...result });
  }
}

const held = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** @throws ZodError when the result does not have the shape of a receipt */
export function toReceipt(order: NoticeOrder, result: DeliveryResult, now: string): NoticeReceipt {
  const { id: orderId, channel } = order;
  return NoticeReceipt.parse({
    schema: 'notice-receipt/1',
    id: `${orderId}:${channel}`,
    orderId,
    channel,
    at: now,
    ...result,
  });
}

/** Whether the question is settled by this reply, so that it may be given again without asking again. */
export const isFinal = (reply: Reply): boolean => reply.outcome !== 'UNAVAILABLE';

/** A reply as it goes over the wire. */
export function encodeReply(reply: Reply): string {
  const [party, time] = 'registry' in reply ? [reply.registry, reply.answeredAt] : [reply.channel, reply.at];
  return encodeMessage({ id: reply.id, source: sourceOf(party), time }, reply);
}
