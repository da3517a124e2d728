import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { BodyAnswer, BodyQuestion, BodyRefusal } from '../../schemas/body.ts';
import { VerificationDetail } from '../../schemas/http/case.ts';
import { InboxPage } from '../../schemas/inbox.ts';
import type { VerificationSubject } from '../../schemas/verification.ts';
import { ApiProblem, type BodyApi } from './api.ts';

/** What a body's own system says: answers to the questions that it can answer now, or why it will answer none. */
export type Said = { readonly answers: readonly BodyAnswer[] } | { readonly refusal: BodyRefusal };

export type BodyAdapter = {
  readonly api: BodyApi;
  /** Asked again later about what it left out. */
  lookup(subject: VerificationSubject, questions: readonly BodyQuestion[]): Promise<Said>;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** How often the inbox is looked into, ms (default 2 000). */
  readonly everyMs?: number;
  /** Told once, when the inbox was read for the first time. */
  readonly onReady?: () => void;
};

/**
 * Answers the questions that come to a body's office, by the same API as its people, until the signal is aborted. It may be killed at any
 * time: a command's key follows from what it says, so that what was sent twice is done once. A question that a person of the body holds is
 * left to that person.
 */
export async function runBodyAdapter(adapter: BodyAdapter): Promise<void> {
  const { api, log, signal, everyMs = 2_000 } = adapter;
  let ready = false;
  while (!signal.aborted) {
    try {
      for (const view of ['mine', 'unit']) {
        const { items } = await api.get(`/inbox?view=${view}&limit=100`, InboxPage);
        for (const { stream, task } of items) {
          if (task.kind !== 'ANSWER_VERIFICATION' || signal.aborted) continue;
          if (view === 'unit' && task.holder) continue;
          await answer(adapter, stream, task.id);
        }
      }
      if (!ready) adapter.onReady?.();
      ready = true;
    } catch (error) {
      log.warn({ why: error instanceof Error ? error.message : String(error) }, 'looked in vain');
    }
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function answer({ api, lookup, log }: BodyAdapter, stream: string, taskId: string): Promise<void> {
  const { state } = await api.get(`/verifications/${stream}`, VerificationDetail);
  const waiting = (state.asked?.questions ?? []).filter(
    ({ id }) => !state.answers.some(({ question }) => question === id),
  );
  if (!state.asked || waiting.length === 0) return;
  const said = await lookup(state.asked.subject, waiting);
  const [command, body] = commandFor(said, waiting, taskId);
  if (command === undefined) return;
  try {
    await api.post(`/verifications/${stream}/${command}`, body, keyOf(stream, command, body));
    log.info({ stream, command, questions: waiting.length }, 'answered');
  } catch (error) {
    // A colleague was quicker, or the question was taken back.
    if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
    log.warn({ stream, command, code: error.code }, 'not taken');
  }
}

/** Which command says it; none where nothing can be said yet. */
function commandFor(said: Said, waiting: readonly BodyQuestion[], taskId: string) {
  if ('refusal' in said) return ['refuse-verification', { taskId, ...said.refusal }] as const;
  const answers = said.answers.filter(({ question }) => waiting.some(({ id }) => id === question));
  if (answers.length === 0) return [undefined, undefined] as const;
  const whole = answers.length === waiting.length;
  return [whole ? 'answer-verification' : 'answer-part', { taskId, answers }] as const;
}

const keyOf = (...said: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 48);
