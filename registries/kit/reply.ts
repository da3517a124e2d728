import {
  type NoticeOrder,
  NoticeReceipt,
  RegistryAnswer,
  type RegistryQuery,
} from '../../schemas/registry.ts';
import type { DeliveryResult, LookupResult, Reply } from './adapter.ts';

/**
 * The answer to a query. Its id follows from the question, so the same question has one answer; "unavailable" settles
 * nothing and has an id for each attempt.
 * @throws ZodError when the result does not have the shape of an answer
 */
export function toAnswer(query: RegistryQuery, result: LookupResult, now: string): RegistryAnswer {
  const { id: queryId, registry, attempt } = query;
  const id = `${queryId}:${registry}`;
  const head = { schema: 'registry-answer/1', queryId, registry } as const;
  if (result.outcome === 'UNAVAILABLE') {
    const reference = `${registry}-unavailable-${attempt}`;
    const said = { ...head, id: `${id}:unavailable:${attempt}`, reference, answeredAt: now };
    return RegistryAnswer.parse({ ...said, ...result });
  }
  return RegistryAnswer.parse({ ...head, id, answeredAt: now, ...result });
}

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
