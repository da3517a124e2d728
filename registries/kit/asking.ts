import { nameOf } from '../../bus/retry.ts';
import { pause } from '../../bus/wait.ts';
import type { Adapter, AskContext, Question, Reply } from './adapter.ts';
import type { Meter } from './meter.ts';
import { evenly } from './rate.ts';
import { isFinal, toAnswer, toReceipt } from './reply.ts';

/** Deliveries of a question on which a failing adapter is tried before it says so. */
export const TRIES = 5;

type Asked = { readonly reply: Reply; readonly final: boolean };
export type Asking = (question: Question, delivery: number, context: AskContext) => Promise<Asked>;

/**
 * Puts questions to the adapter at its rate. The same question asked again while the first is under way waits for it.
 * An adapter that keeps failing makes a registry "unavailable", cause `BROKEN`, and a notice "failed": never "not found".
 */
export function asking(adapter: Adapter, meter: Pick<Meter, 'lookup'>): Asking {
  const waitFor = evenly(adapter.rateLimitPerSecond);
  const underWay = new Map<string, Promise<Asked>>();

  async function ask(question: Question, delivery: number, context: AskContext): Promise<Asked> {
    const ms = waitFor(performance.now());
    if (ms > 0) await pause(ms, context.signal);
    context.signal.throwIfAborted();
    const began = performance.now();
    const took = () => (performance.now() - began) / 1_000;
    try {
      const reply = await put(adapter, question, context);
      meter.lookup(took());
      return { reply, final: isFinal(reply) };
    } catch (error) {
      if (context.signal.aborted) throw error;
      meter.lookup(took(), nameOf(error));
      if (delivery < TRIES) throw error;
      context.log.error({ error: nameOf(error), delivery }, 'the adapter keeps failing and says so');
      return { reply: failure(question), final: false };
    }
  }

  return (question, delivery, context) => {
    const running = underWay.get(question.id);
    if (running) return running;
    const asked = ask(question, delivery, context).finally(() => underWay.delete(question.id));
    underWay.set(question.id, asked);
    return asked;
  };
}

async function put(adapter: Adapter, question: Question, context: AskContext): Promise<Reply> {
  if ('lookup' in adapter && 'registry' in question) {
    return toAnswer(question, await adapter.lookup(question, context), new Date().toISOString());
  }
  if ('deliver' in adapter && 'channel' in question) {
    return toReceipt(question, await adapter.deliver(question, context), new Date().toISOString());
  }
  throw new TypeError('the adapter does not answer questions of this kind');
}

function failure(question: Question): Reply {
  const now = new Date().toISOString();
  const detail = 'EID_ERR_ADAPTER: the adapter failed';
  return 'registry' in question
    ? toAnswer(question, { outcome: 'UNAVAILABLE', cause: 'BROKEN', detail }, now)
    : toReceipt(question, { outcome: 'FAILED', reference: 'none', detail }, now);
}
