import { Party } from '../../schemas/registry.ts';
import type { Question, Reply, Send } from '../kit/adapter.ts';
import { encodeReply } from '../kit/reply.ts';
import type { Fault, FaultRule } from './fault.ts';

/** Faults that show when a reply is sent; the others show during the look-up. */
export const SENDING_FAULTS: readonly Fault[] = [
  'SILENT',
  'TWICE',
  'GARBAGE',
  'MISADDRESSED',
  'CONTRADICTORY',
  'FOREIGN_QUERY',
];

/** Sends a reply, or what the fault makes of it. */
export async function respondWith(
  rule: FaultRule | undefined,
  question: Question,
  reply: Reply,
  send: Send,
): Promise<void> {
  const message = { payload: encodeReply(reply), msgId: `${reply.id}/${question.attempt}` };
  switch (rule?.fault) {
    case 'SILENT':
      return;
    case 'TWICE':
      await send(message);
      // Another message id, or the stream itself would drop the second one.
      await send({ ...message, msgId: `${message.msgId}/again` });
      return;
    case 'GARBAGE':
      await send({ ...message, payload: '{"specversion":"1.0","type":"orgeid.registry.ans' });
      return;
    case 'MISADDRESSED': {
      const own = 'registry' in question ? question.registry : question.channel;
      const other = Party.options.find((party) => party !== own);
      await send({ ...message, ...(other ? { party: other } : {}) });
      return;
    }
    case 'CONTRADICTORY': {
      const other = contradictionOf(reply);
      await send(message);
      await send({ payload: encodeReply(other), msgId: `${other.id}/${question.attempt}` });
      return;
    }
    case 'FOREIGN_QUERY': {
      const other = toForeignQuestion(reply);
      await send({ payload: encodeReply(other), msgId: `${other.id}/${question.attempt}` });
      return;
    }
    default:
      await send(message);
  }
}

/** Another answer to the same question: the opposite of the first. */
function contradictionOf(reply: Reply): Reply {
  const id = `${reply.id}:other`;
  if ('channel' in reply) {
    return { ...reply, id, outcome: reply.outcome === 'DELIVERED' ? 'FAILED' : 'DELIVERED' };
  }
  const { schema, queryId, attempt, registry, reference, answeredAt } = reply;
  const head = { schema, id, queryId, attempt, registry, reference, answeredAt };
  const values = reply.outcome === 'FOUND' ? reply.values : {};
  const status = reply.outcome === 'FOUND' && reply.status === 'DISSOLVED' ? 'ACTIVE' : 'DISSOLVED';
  return { ...head, outcome: 'FOUND', status, values };
}

/** The answer as if it were to the same question of another case, which nobody put. */
function toForeignQuestion(reply: Reply): Reply {
  const foreign = (questionId: string) => questionId.replace(/^[^.]+/, 'registration-of-nobody');
  const id = `${reply.id}:foreign`;
  return 'channel' in reply
    ? { ...reply, id, orderId: foreign(reply.orderId) }
    : { ...reply, id, queryId: foreign(reply.queryId) };
}
