import { setTimeout as pause } from 'node:timers/promises';
import { ActivityNotFoundError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import { DomainError } from '../domain/error.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import type { NoticeReceipt, RegistryAnswer } from '../schemas/registry.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';
import { readCase } from '../store/readCase.ts';

/** How long the workflow may take to record what its activity was completed with, and how often that is looked at, ms. */
const REACHES_WITHIN_MS = 2_000;
const LOOK_MS = 25;

type Settled = 'TAKEN' | 'LATE';
export type Answer = RegistryAnswer | NoticeReceipt;

const questionOf = (answer: Answer): string => ('queryId' in answer ? answer.queryId : answer.orderId);

/** The case that a question belongs to: what stands before the first dot. */
const streamOf = (questionId: string): string => questionId.slice(0, questionId.indexOf('.'));

/**
 * How an answer reaches its case: it completes the activity that waits for it. Where none waits any more it is offered
 * to the case, which takes it if the question is still open (a silent registry that speaks after all), and otherwise
 * changes nothing.
 */
export function createSettling(client: Client, cases: Cases, db: Queryable) {
  const waiting = (questionId: string) => ({ workflowId: streamOf(questionId), activityId: questionId });

  async function offer(answer: Answer): Promise<Settled> {
    const stream = streamOf(questionOf(answer));
    const id = `answer:${answer.id}`;
    const { outcome } = answer;
    const body =
      'queryId' in answer
        ? { type: 'RecordRegistryAnswer', data: { answer } }
        : {
            type: 'RecordNoticeOutcome',
            data: { orderId: answer.orderId, outcome, at: answer.at, reference: answer.reference },
          };
    try {
      await cases.send(stream, { id, actor: systemActor, ...body });
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'EID_ERR_UNAVAILABLE') return 'LATE';
      throw error;
    }
    return (await findCommand(db, stream, id)).length > 0 ? 'TAKEN' : 'LATE';
  }

  /** Whether the case still asks what this answers; undefined for what the case does not say. */
  async function isAsked(answer: Answer): Promise<boolean | undefined> {
    if (!('queryId' in answer)) return undefined;
    const found = await readCase(db, streamOf(answer.queryId));
    if (found?.type !== 'registration') return undefined;
    if (found.closed) return false;
    const { checks } = found.state as RegistrationState;
    return checks.some(({ queryId, status }) => queryId === answer.queryId && status === 'ASKED');
  }

  /** Waits while the case does not know yet of an answer that may have been taken a moment ago. */
  async function untilReached(answer: Answer): Promise<void> {
    const until = Date.now() + REACHES_WITHIN_MS;
    while ((await isAsked(answer)) && Date.now() < until) await pause(LOOK_MS);
  }

  return {
    async complete(_questionId: string, answer: Answer): Promise<Settled> {
      // Of a question that a person decided without, the activity is still there for a while: it would take the answer for nobody.
      if ((await isAsked(answer)) === false) return await offer(answer);
      try {
        await client.activity.complete(waiting(questionOf(answer)), answer);
        return 'TAKEN';
      } catch (error) {
        if (!(error instanceof ActivityNotFoundError)) throw error;
        // Nobody waits, or another answer has just been taken: offered at once, this one could come to the case before it.
        await untilReached(answer);
        return await offer(answer);
      }
    },
    async unavailable(questionId: string, detail: string, retryAfterMs?: number): Promise<Settled> {
      const delay = retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs };
      const failure = ApplicationFailure.create({ type: 'UNAVAILABLE', message: detail, ...delay });
      try {
        await client.activity.fail(waiting(questionId), failure);
        return 'TAKEN';
      } catch (error) {
        if (error instanceof ActivityNotFoundError) return 'LATE';
        throw error;
      }
    },
  };
}
