import type { NatsConnection } from '@nats-io/transport-node';
import { publishQuestion } from '../bus/ask.ts';
import type { Effect } from '../domain/decider.ts';
import type { NotifyInput } from '../domain/notice/effects.ts';
import type { AskInput } from '../domain/registration/effects.ts';
import { toInstant, toMs } from '../domain/time.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import { carried } from '../telemetry/span.ts';
import type { Asking } from '../workflows/ask.ts';

/** Which time a question is put, of how many, when, and until when an answer is waited for. Instants are ISO 8601. */
export type Putting = {
  readonly attempt: number;
  readonly attempts?: number;
  readonly askedAt: string;
  readonly answerBy?: string;
};

/** Puts a question to a registry. The same attempt put twice is one message. */
export async function askRegistry(
  nc: NatsConnection,
  { input, correlationId }: Asking<AskInput>,
  putting: Putting,
) {
  const { queryId, registry, subject, fields } = input;
  const head = { schema: 'registry-query/1' as const, id: queryId, registry, correlationId };
  const query = { ...head, ...putting, subject, fields: [...fields] };
  await publishQuestion(nc, registry, query, putting.attempt, { ttlMs: lifetime(putting) }, carried());
}

/**
 * An attempt that another one follows goes when its time is over, so that a registry that was away for a day finds each open question
 * once. The last one stays until it is answered.
 */
const lifetime = ({ attempt, attempts, askedAt, answerBy }: Putting): number | undefined =>
  attempts !== undefined && attempt < attempts && answerBy !== undefined
    ? toMs(answerBy) - toMs(askedAt)
    : undefined;

/** Orders a notice from a channel's gateway. The same attempt put twice is one message. */
export async function orderNotice(
  nc: NatsConnection,
  { input, correlationId }: Asking<NotifyInput>,
  putting: Putting,
) {
  const { orderId, channel, to, template, values } = input;
  const { attempt, askedAt } = putting;
  const head = { schema: 'notice-order/1' as const, id: orderId, channel, attempt, askedAt, correlationId };
  const order = { ...head, to, template, values: { ...values } };
  await publishQuestion(nc, channel, order, attempt, {}, carried());
}

/**
 * Puts a case's open questions once more as their first attempt: a worker may have died after taking the activity and
 * before publishing. A question that was published lately is dropped by the server as a duplicate.
 */
export async function askAgain(
  nc: NatsConnection,
  effects: readonly Effect[],
  correlationId: string,
  { registryAttempts: attempts, registryAnswerWithinMs }: CasePolicy,
): Promise<void> {
  const asked = Date.now();
  const answerBy = toInstant(asked + registryAnswerWithinMs);
  const putting = { attempt: 1, attempts, askedAt: toInstant(asked), answerBy };
  for (const { kind, input } of effects) {
    if (kind === 'askRegistry') await askRegistry(nc, { input: input as AskInput, correlationId }, putting);
    if (kind === 'notify') await orderNotice(nc, { input: input as NotifyInput, correlationId }, putting);
  }
}
