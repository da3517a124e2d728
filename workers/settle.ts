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

  /** Of a question that a person decided without, the activity is still there for a while: it would take the answer for nobody. */
  async function isAwaited(answer: Answer): Promise<boolean> {
    if (!('queryId' in answer)) return true;
    const found = await readCase(db, streamOf(answer.queryId));
    if (found?.type !== 'registration') return true;
    const { checks } = found.state as RegistrationState;
    return checks.some(({ queryId, status }) => queryId === answer.queryId && status === 'ASKED');
  }

  return {
    async complete(_questionId: string, answer: Answer): Promise<Settled> {
      if (!(await isAwaited(answer))) return await offer(answer);
      try {
        await client.activity.complete(waiting(questionOf(answer)), answer);
        return 'TAKEN';
      } catch (error) {
        if (error instanceof ActivityNotFoundError) return await offer(answer);
        throw error;
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
