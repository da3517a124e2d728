import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { Handled } from '../../bus/consume.ts';
import type { Adapter, Question, Reply } from './adapter.ts';
import { type Asking, asking } from './asking.ts';
import { memoryOfReplies, type ReplyMemory } from './memory.ts';
import type { Meter } from './meter.ts';
import { readQuestion } from './read.ts';
import { encodeReply } from './reply.ts';
import { sender } from './send.ts';
import { slots } from './slots.ts';
import { isStale } from './stale.ts';

export type AnsweringOptions = {
  readonly adapter: Adapter;
  readonly nc: NatsConnection;
  readonly log: Logger;
  readonly meter: Meter;
  readonly memory: ReplyMemory | undefined;
  /** Aborted some time after the stop. */
  readonly patience: AbortSignal;
};

type Work = Omit<AnsweringOptions, 'memory'> & { readonly ask: Asking; readonly memory: ReplyMemory };

/** Takes one message of the party's subject to its end: answered, set aside or refused. Throws when it has to come again. */
export function answering(
  options: AnsweringOptions,
): (message: JsMsg, signal: AbortSignal) => Promise<Handled> {
  const { adapter, meter, memory = memoryOfReplies() } = options;
  const work: Work = { ...options, memory, ask: asking(adapter, meter) };
  const inTurn = slots(adapter.concurrency);
  return async (message, signal) => {
    const read = readQuestion(adapter.party, message.data);
    if (!read.ok) {
      const { code, detail } = read;
      meter.setAside(code);
      work.log.warn({ code, detail, seq: message.seq }, 'a question was refused');
      return { terminate: code };
    }
    return inTurn(() => answer(read.question, message, work, signal));
  };
}

async function answer(question: Question, message: JsMsg, work: Work, signal: AbortSignal): Promise<Handled> {
  const { adapter, nc, meter } = work;
  const { id, correlationId, attempt } = question;
  const log = work.log.child({ questionId: id, correlationId });
  if (isStale(question, Date.now())) {
    meter.setAside('STALE');
    log.info({ attempt }, 'an attempt whose time is over is left to the one that follows');
    return undefined;
  }
  const known = await work.memory.get(id);
  const reply = known ?? (await replyTo(question, message, { ...work, log }, signal));
  const send = sender(nc, question, { signal: work.patience, log });
  if (adapter.respond) await adapter.respond(question, reply, send);
  else await send({ payload: encodeReply(reply), msgId: `${reply.id}/${attempt}` });
  meter.answered(reply.outcome, known !== undefined);
  log.info({ outcome: reply.outcome, answerId: reply.id, attempt }, 'question answered');
  return undefined;
}

async function replyTo(
  question: Question,
  message: JsMsg,
  { ask, log, memory }: Work,
  signal: AbortSignal,
): Promise<Reply> {
  const asked = await ask(question, message.info.deliveryCount, { signal, log });
  if (asked.final) await memory.put(question.id, asked.reply);
  return asked.reply;
}
