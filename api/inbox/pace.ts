import { setTimeout as delay } from 'node:timers/promises';
import type { LogBell } from '../../store/inbox/bell.ts';

/**
 * The same bell, heard up to `withinMs` later: of a thousand who wait not all look at once, and what follows closely is looked at
 * together.
 */
export const paced = (bell: LogBell, withinMs: number): LogBell => ({
  async after(position, signal) {
    const head = await bell.after(position, signal);
    await delay(Math.random() * withinMs, undefined, { signal });
    return head;
  },
});
