import { LogGap } from './errors.ts';
import { publishBatch } from './relayBatch.ts';
import { agreeWithStream } from './relayCursor.ts';
import type { ReadableLog, RelayOptions } from './relayOptions.ts';
import { manager } from './streams.ts';
import { backoffMs, pause, withDeadline } from './wait.ts';

/**
 * Copies the log into stream `EVENTS` so that stream sequence = log position, until the signal is aborted.
 *
 * The cursor is the stream itself. A lost tail is published again; a deleted stream, and one with messages missing, is
 * made anew and refilled from position 1 with the same bytes (durable consumers go with it: `consumeDurable` makes its
 * own anew and hears the events again). Two relays at once do no harm: `Nats-Expected-Last-Sequence` lets each position
 * be taken once. NATS being down is waited for.
 *
 * @throws RelayDisagreement when the stream holds what the log does not; nothing more was published
 * @throws LogGap, and whatever the log throws
 */
export async function relayLog(options: RelayOptions): Promise<void> {
  const { nc, signal, onProgress, logger } = options;
  const jsm = await manager(nc);
  let fruitless = 0;
  while (!signal.aborted) {
    const cursor = await agreeWithStream(jsm, options).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (cursor === undefined) return;
    onProgress(cursor);
    const reached = await follow(cursor, options);
    if (signal.aborted) return;
    fruitless = reached === cursor ? fruitless + 1 : 0;
    if (fruitless === 0) continue;
    logger?.debug({ position: reached, fruitless }, 'the relay made no progress and reads the stream again');
    if (fruitless > 1) await pause(backoffMs(fruitless - 1, 1_000), signal);
  }
}

/** Publishes what follows the cursor until the stream has to be read again; returns how far it came. */
async function follow(cursor: number, options: RelayOptions): Promise<number> {
  const { log, nc, signal, onProgress, failpoint, batch = 128, checkEveryMs = 5_000 } = options;
  const checkAt = performance.now() + checkEveryMs;
  let position = cursor;
  while (!signal.aborted && performance.now() < checkAt) {
    const events = await log.readAfter(position, batch);
    if (events.length === 0) {
      const left = Math.max(1, Math.ceil(checkAt - performance.now()));
      await withDeadline(signal, left, (limited) => waitFor(log, position, limited));
      continue;
    }
    const gap = events.findIndex((event, i) => event.position !== position + 1 + i);
    if (gap >= 0) throw new LogGap(position + 1 + gap);
    const stored = await publishBatch(nc, events, { signal, failpoint });
    position += stored;
    if (stored > 0) onProgress(position);
    if (stored < events.length) break;
  }
  return position;
}

async function waitFor(log: ReadableLog, position: number, signal: AbortSignal): Promise<void> {
  try {
    await log.waitAfter(position, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
