import { setTimeout as sleep } from 'node:timers/promises';

/** Sleeps, or returns at once when the signal is aborted. Never throws. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => {});
}

/** Milliseconds before try number `attempt` (from 1): 100, 200, 400 … up to `most`. */
export const backoffMs = (attempt: number, most = 2_000): number => Math.min(100 * 2 ** (attempt - 1), most);

/**
 * Runs something with a signal that is aborted with another one or after so many ms. Leaves nothing on the other signal,
 * as `AbortSignal.any` does on Node 20 for one that lives long.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  run: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = new AbortController();
  const abort = () => limited.abort(signal.reason);
  const timer = setTimeout(abort, ms);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await run(limited.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
