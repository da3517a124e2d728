import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every `everyMs` (20 ms) until the condition holds. Throws an `Error` naming `what` after `timeoutMs`. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { readonly timeoutMs: number; readonly everyMs?: number; readonly what: string },
): Promise<void> {
  const limit = Date.now() + options.timeoutMs;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`waited ${options.timeoutMs} ms for ${options.what}`);
    await sleep(options.everyMs ?? 20);
  }
}
