import {
  ActivityCancellationType,
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

/** What the asking activities get: what to ask, under which correlation id, and how often at most. */
export type Asking<Input> = {
  readonly input: Input;
  readonly correlationId: string;
  readonly attempts?: number;
  /** Pause before the second attempt, ms; it doubles with each. */
  readonly backoffMs?: number;
};

export type AskActivities = {
  callRegistry(asking: Asking<AskInput>): Promise<RegistryAnswer>;
  notify(asking: Asking<NotifyInput>): Promise<NoticeReceipt>;
};

/** A question that has no answer: nobody gave one in the time and the attempts of the policy, or the registry refused it. */
export type Silence = { readonly silent: true; readonly attempts: number; readonly detail: string };

type Patience = { readonly answerWithinMs: number; readonly attempts: number; readonly backoffMs: number };

/** What a registry says of the record that it was asked for. */
export type SaidOfRecord = Extract<RegistryAnswer, { outcome: 'FOUND' | 'NOT_FOUND' }>;

/** The gateway completes the activity by its id, the question's; the server's time-outs and retries ask again. */
async function ask<T>(
  name: keyof AskActivities,
  input: unknown,
  { key, correlationId }: EffectContext,
  patience: Patience,
): Promise<T | Silence> {
  const options = {
    activityId: key,
    // An answer that comes in the moment in which nobody wants it any more is still offered to the case.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    startToCloseTimeout: patience.answerWithinMs,
    retry: { maximumAttempts: patience.attempts, initialInterval: patience.backoffMs },
  };
  try {
    const { attempts, backoffMs } = patience;
    const asking: Asking<unknown> = { input, correlationId, attempts, backoffMs };
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

/** Asks a registry. One that refuses says nothing of the record: like silence, that is for a person to look at. */
export async function askRegistry(
  policy: CasePolicy,
  input: AskInput,
  context: EffectContext,
): Promise<SaidOfRecord | Silence> {
  const answer = await ask<RegistryAnswer>('callRegistry', input, context, {
    answerWithinMs: policy.registryAnswerWithinMs,
    attempts: policy.registryAttempts,
    backoffMs: policy.registryBackoffMs,
  });
  return 'silent' in answer ? answer : heard(answer);
}

/** What an answer says of the record, or why it says nothing. */
export function heard(answer: RegistryAnswer): SaidOfRecord | Silence {
  const silence = (detail: string): Silence => ({ silent: true, attempts: answer.attempt ?? 1, detail });
  switch (answer.outcome) {
    case 'FOUND':
    case 'NOT_FOUND':
      return answer;
    case 'REFUSED':
      return silence(`REFUSED: ${answer.reason}`);
    case 'UNAVAILABLE':
      return silence(answer.detail);
  }
}

export const notify = (policy: CasePolicy, input: NotifyInput, context: EffectContext) =>
  ask<NoticeReceipt>('notify', input, context, {
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
