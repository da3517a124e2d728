import { Party } from '../../schemas/registry.ts';
import type { Question, Reply, Send } from '../kit/adapter.ts';
import type { Fault, FaultRule } from './fault.ts';

/** Faults that show when a reply is sent; the others show during the look-up. */
export const SENDING_FAULTS: readonly Fault[] = ['SILENT', 'TWICE', 'GARBAGE', 'MISADDRESSED'];

/** Sends a reply, or what the fault makes of it. */
export async function respondWith(
  rule: FaultRule | undefined,
  question: Question,
  reply: Reply,
  send: Send,
): Promise<void> {
  const message = { payload: JSON.stringify(reply), msgId: `${reply.id}/${question.attempt}` };
  switch (rule?.fault) {
    case 'SILENT':
      return;
    case 'TWICE':
      await send(message);
      // Another message id, or the stream itself would drop the second one.
      await send({ ...message, msgId: `${message.msgId}/again` });
      return;
    case 'GARBAGE':
      await send({ ...message, payload: '{"schema":"registry-answer/1","outcome":"FOU' });
      return;
    case 'MISADDRESSED': {
      const own = 'registry' in question ? question.registry : question.channel;
      const other = Party.options.find((party) => party !== own);
      await send({ ...message, ...(other ? { party: other } : {}) });
      return;
    }
    default:
      await send(message);
  }
}
