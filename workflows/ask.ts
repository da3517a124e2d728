import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  scheduleActivity,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { NotifyInput } from '../domain/notice/effects.ts';
import type { AskInput } from '../domain/registration/effects.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { NoticeReceipt, RegistryAnswer } from '../schemas/registry.ts';
import type { EffectContext } from './effects.ts';

/** What the asking activities get: what to ask, and under which correlation id. */
export type Asking<Input> = { readonly input: Input; readonly correlationId: string };

export type AskActivities = {
  callRegistry(asking: Asking<AskInput>): Promise<RegistryAnswer>;
  notify(asking: Asking<NotifyInput>): Promise<NoticeReceipt>;
};

/** A question that nobody answered in the time and the attempts that the policy gives. */
export type Silence = { readonly silent: true; readonly attempts: number; readonly detail: string };

type Patience = { readonly answerWithinMs: number; readonly attempts: number; readonly backoffMs: number };

/** The gateway completes the activity by its id, the question's; the server's time-outs and retries ask again. */
async function ask<T>(
  name: keyof AskActivities,
  asking: Asking<unknown>,
  { key }: EffectContext,
  patience: Patience,
): Promise<T | Silence> {
  const options = {
    activityId: key,
    startToCloseTimeout: patience.answerWithinMs,
    retry: { maximumAttempts: patience.attempts, initialInterval: patience.backoffMs },
  };
  try {
    return await scheduleActivity<T>(name, [asking], options);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { silent: true, attempts: patience.attempts, detail: reason(error) };
  }
}

function reason(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) return 'NO_ANSWER';
  if (cause instanceof ApplicationFailure) return cause.message;
  return String(cause);
}

export const askRegistry = (policy: CasePolicy, input: AskInput, context: EffectContext) =>
  ask<RegistryAnswer>('callRegistry', { input, correlationId: context.correlationId }, context, {
    answerWithinMs: policy.registryAnswerWithinMs,
    attempts: policy.registryAttempts,
    backoffMs: policy.registryBackoffMs,
  });

export const notify = (policy: CasePolicy, input: NotifyInput, context: EffectContext) =>
  ask<NoticeReceipt>('notify', { input, correlationId: context.correlationId }, context, {
    answerWithinMs: policy.noticeAnswerWithinMs,
    attempts: policy.noticeAttempts,
    backoffMs: policy.registryBackoffMs,
  });

/** What a receipt, or the lack of one, tells the case. */
export async function noticeOutcome(policy: CasePolicy, input: NotifyInput, context: EffectContext) {
  const receipt = await notify(policy, input, context);
  const { orderId } = input;
  if ('silent' in receipt) {
    const { detail } = receipt;
    return { type: 'RecordNoticeOutcome' as const, data: { orderId, outcome: 'FAILED' as const, detail } };
  }
  const { outcome, at, reference, detail } = receipt;
  const more = detail === undefined ? {} : { detail };
  return { type: 'RecordNoticeOutcome' as const, data: { orderId, outcome, at, reference, ...more } };
}
