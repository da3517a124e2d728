import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { ChangeDisposition, RegistryChange } from '../schemas/change.ts';
import type { Registry } from '../schemas/registry.ts';
import { judgeChange } from './change.ts';
import { consumeDurable, type Handled } from './consume.ts';
import { CHANGES } from './streams.ts';

/** What became of a change that was offered. `stream`: the account, or the request, that was found for it. */
export type OfferedChange = {
  readonly disposition: Exclude<ChangeDisposition, 'MISADDRESSED'>;
  readonly stream?: string;
  /** Names keys, codes and streams, never values of a record. */
  readonly detail?: string;
};

/** One incoming message and what was made of it. */
export type ChangeEntry = {
  readonly disposition: ChangeDisposition;
  readonly receivedAt: string;
  readonly registry?: Registry;
  readonly changeId?: string;
  readonly stream?: string;
  readonly detail?: string;
  /** The change, when it had the right shape. */
  readonly change?: RegistryChange;
  readonly raw: Uint8Array;
};

export type ChangesOptions = {
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  /** Offers the change to the account that it is about. Throws when that cannot be told now; the message then comes again. */
  offer(change: RegistryChange): Promise<OfferedChange>;
  /**
   * Writes an entry and says with which disposition: of several messages of one change one alone is `TAKEN`, whichever was
   * written first; the others are `DUPLICATE`. The same message again adds nothing.
   */
  journal(entry: ChangeEntry): Promise<ChangeDisposition>;
  readonly log: Logger;
  readonly onReady?: () => void;
  /** Longest wait before a change that could not be settled comes again, in ms (default 10 000). */
  readonly maxRetryMs?: number;
};

/**
 * Takes what registries publish on `changes.*` until the signal is aborted: settles it with the account, journals it,
 * acknowledges it, in this order. A crash between any two of them brings the message again; the account knows the
 * change by its command id, so it is settled the same way as before.
 */
export async function runChanges(options: ChangesOptions): Promise<void> {
  const { nc, signal, log, onReady, maxRetryMs } = options;
  await consumeDurable({
    nc,
    signal,
    log,
    stream: CHANGES,
    durable: 'changes',
    filter: 'changes.*',
    ackWaitMs: 10_000,
    ...(maxRetryMs === undefined ? {} : { maxRetryMs }),
    ...(onReady ? { onReady } : {}),
    handle: (message) => take(message, options),
  });
}

async function take(message: JsMsg, options: ChangesOptions): Promise<Handled> {
  const received = { receivedAt: receivedAt(message), raw: message.data };
  const judgement = judgeChange(message.subject, message.data, message.time.getTime());
  if (judgement.kind !== 'CHANGE') {
    const { kind: disposition, ...named } = judgement;
    await write({ disposition, ...named, ...received }, options);
    return undefined;
  }
  const { change } = judgement;
  const known = { registry: change.registry, changeId: change.id, change, ...received };
  const first = await options.offer(change);
  await write({ ...known, ...first }, options);
  if (first.disposition !== 'NOT_YET_OPEN') return undefined;
  // The account may have opened after the first look and before the entry stood, and found nothing to take up.
  const second = await options.offer(change);
  if (second.disposition !== 'NOT_YET_OPEN') await write({ ...known, ...second }, options);
  return undefined;
}

async function write(entry: ChangeEntry, options: ChangesOptions): Promise<void> {
  const disposition = await options.journal(entry);
  const { registry, changeId, stream, detail } = entry;
  const level = disposition === 'MALFORMED' || disposition === 'MISADDRESSED' ? 'warn' : 'info';
  options.log[level]({ disposition, registry, changeId, stream, detail }, 'change settled');
}

/** In microseconds, which PostgreSQL keeps: two messages of one change may come within a millisecond. */
function receivedAt(message: JsMsg): string {
  const micros = message.timestampNanos / 1_000n;
  const whole = new Date(Number(micros / 1_000n)).toISOString();
  return `${whole.slice(0, -1)}${String(micros % 1_000n).padStart(3, '0')}Z`;
}
