import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

type Process = { readonly ended: Promise<void> };

const AGAIN_MS = 2_000;

/**
 * Starts another process whenever the one before has ended, until the signal is aborted. One that does not start is tried again, for as
 * long as it takes.
 */
export async function replaceEnded(
  name: string,
  first: Process,
  another: () => Promise<Process>,
  {
    log,
    signal,
    againMs = AGAIN_MS,
  }: { readonly log: Logger; readonly signal: AbortSignal; readonly againMs?: number },
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let one: Process | undefined = first;
  for (;;) {
    await Promise.race([one?.ended ?? pause(againMs, undefined, { ref: false }), stopped]);
    if (signal.aborted) return;
    log.error(`${name} ended; starting another`);
    one = await another().catch((err: unknown) => {
      log.error({ err }, `${name} did not start`);
      return undefined;
    });
  }
}
