import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import { StatusAcknowledgement } from '../../schemas/account-status.ts';
import { consumeDurable, type Handled } from '../consume.ts';
import { issuesOf, parseJson } from '../json.ts';
import { ACKS } from '../streams.ts';
import { partyOfSubject } from '../subjects.ts';

/** `UNCHANGED`: of an earlier lock, of one not asked for, or said before. `UNKNOWN`: there is no such account. */
export type AckSettlement = 'TAKEN' | 'UNCHANGED' | 'UNKNOWN';

export type AcksOptions = {
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  /** Tells the account. Throws when that cannot be done now; the message then comes again. */
  acknowledge(ack: StatusAcknowledgement): Promise<AckSettlement>;
  readonly log: Logger;
  readonly onReady?: () => void;
  /** Longest wait before an acknowledgement that could not be settled comes again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
};

export type AckJudgement =
  | { readonly kind: 'ACK'; readonly ack: StatusAcknowledgement }
  | { readonly kind: 'MALFORMED' | 'MISADDRESSED'; readonly detail: string };

/**
 * Takes what relying services say on `acks.*` until the signal is aborted: tells the account, then acknowledges the
 * message, so that a crash between the two brings it again; the account knows it by its command id.
 */
export async function runAcks(options: AcksOptions): Promise<void> {
  const { nc, signal, log, onReady, maxRetryMs } = options;
  await consumeDurable({
    nc,
    signal,
    log,
    stream: ACKS,
    durable: 'acks',
    filter: 'acks.*',
    ackWaitMs: 10_000,
    ...(maxRetryMs === undefined ? {} : { maxRetryMs }),
    ...(onReady ? { onReady } : {}),
    handle: (message) => take(message, options),
  });
}

/** Whether a message is an acknowledgement, and comes from the service that it names. Details name fields, never values. */
export function judgeAck(subject: string, data: Uint8Array): AckJudgement {
  const body = parseJson(data);
  if (body === undefined) return { kind: 'MALFORMED', detail: 'not JSON' };
  const parsed = StatusAcknowledgement.safeParse(body);
  if (!parsed.success) return { kind: 'MALFORMED', detail: issuesOf(parsed.error) };
  const { service } = parsed.data;
  if (service !== partyOfSubject(subject)) {
    return { kind: 'MISADDRESSED', detail: `sent as ${partyOfSubject(subject)}, signed by ${service}` };
  }
  return { kind: 'ACK', ack: parsed.data };
}

async function take(message: JsMsg, { acknowledge, log }: AcksOptions): Promise<Handled> {
  const judgement = judgeAck(message.subject, message.data);
  if (judgement.kind !== 'ACK') {
    const { kind: disposition, detail } = judgement;
    log.warn({ disposition, detail, subject: message.subject }, 'acknowledgement refused');
    return { terminate: disposition };
  }
  const { ack } = judgement;
  const settlement = await acknowledge(ack);
  const { service, number, seq } = ack;
  log.info({ disposition: settlement, service, stream: `account-${number}`, seq }, 'acknowledgement settled');
  return undefined;
}
