import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { readHead } from './read.ts';

/** A missed notification is found at the next look. */
const POLL_MS = 1000;

/**
 * Waits until the log goes beyond a position, by LISTEN on one connection of the pool and a look each second; while
 * PostgreSQL is down it keeps looking.
 *
 * @returns the position of the head, greater than `afterPosition`
 * @throws the signal's reason once it is aborted
 */
export async function waitForLog(
  pool: pg.Pool,
  afterPosition: number,
  signal: AbortSignal,
  pollMs = POLL_MS,
): Promise<number> {
  while (true) {
    signal.throwIfAborted();
    try {
      return await listen(pool, afterPosition, signal, pollMs);
    } catch {
      signal.throwIfAborted();
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
  }
}

async function listen(pool: pg.Pool, after: number, signal: AbortSignal, pollMs: number): Promise<number> {
  const client = await pool.connect();
  let wake: () => void = () => {};
  let kept = false;
  const onWake = () => wake();
  client.on('notification', onWake);
  client.on('error', onWake);
  signal.addEventListener('abort', onWake);
  try {
    await client.query('listen orgeid_log');
    while (true) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      signal.throwIfAborted();
      const { position } = await readHead(client);
      if (position > after) {
        await client.query('unlisten orgeid_log');
        kept = true;
        return position;
      }
      const timer = setTimeout(wake, pollMs);
      await woken;
      clearTimeout(timer);
    }
  } finally {
    signal.removeEventListener('abort', onWake);
    client.off('notification', onWake);
    if (kept) client.off('error', onWake); // a dropped connection may still report its end
    client.release(!kept);
  }
}
