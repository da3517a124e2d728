import type { NatsConnection } from '@nats-io/nats-core';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { issuesOf } from '../../bus/json.ts';
import { nameOf } from '../../bus/retry.ts';
import { backoffMs, pause } from '../../bus/wait.ts';
import type { ChangesContext, RegistryAdapter, ToldChange } from './adapter.ts';
import type { Cursor } from './cursor.ts';
import type { Meter } from './meter.ts';
import { publishChange } from './publish.ts';

export type TellingOptions = {
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly cursor: Cursor;
  readonly meter: Pick<Meter, 'change'>;
};

const AGAIN_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Publishes what the adapter's `changes` tells, one after the other, until the signal is aborted: the next is asked for when the one
 * before is stored and its cursor kept. A crash between the two tells it again under the same id, which changes nothing.
 */
export async function tellChanges(adapter: RegistryAdapter, options: TellingOptions): Promise<void> {
  const { signal, log } = options;
  const { changes, changesEveryMs = AGAIN_MS } = adapter;
  if (!changes) return;
  const told = new LRUCache<string, true>({ max: 10_000 });
  for (let failures = 0; !signal.aborted; ) {
    try {
      const context: ChangesContext = { since: await options.cursor.read(), signal, log };
      for await (const change of untilAborted(changes(context), signal)) {
        await tell(adapter, change, told, options);
        failures = 0;
      }
      await pause(changesEveryMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      const delay = backoffMs(++failures, LONGEST_PAUSE_MS);
      log.error(
        { error: nameOf(error), delay },
        'the changes of the registry broke off and are asked for again',
      );
      await pause(delay, signal);
    }
  }
}

async function tell(
  { registry }: RegistryAdapter,
  { cursor, ...change }: ToldChange,
  told: LRUCache<string, true>,
  { nc, signal, log, cursor: kept, meter }: TellingOptions,
): Promise<void> {
  const whole = { schema: 'registry-change/1', registry, ...change } as const;
  if (told.has(change.id)) {
    meter.change('REPEATED');
  } else {
    try {
      await publishChange(nc, whole, { signal, log });
      told.set(change.id, true);
      meter.change('PUBLISHED');
      log.info({ changeId: change.id }, 'change published');
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      // It would be refused there as well; those behind it must not wait for it.
      meter.change('REFUSED');
      log.error({ code: 'EID_ERR_SHAPE', detail: issuesOf(error) }, 'a change was refused and is left out');
    }
  }
  await kept.write(cursor ?? change.id);
}

/** What an iterable gives, until the signal is aborted; one that waits for its next item is left alone then. */
async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let stop = () => {};
  const stopped = new Promise<'stopped'>((resolve) => {
    stop = () => resolve('stopped');
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), stopped]);
      if (next === 'stopped' || next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // A generator that waits would finish this call only with its next item.
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}
