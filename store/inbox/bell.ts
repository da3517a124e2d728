import { setMaxListeners } from 'node:events';
import type pg from 'pg';
import { waitForLog } from '../waitForLog.ts';

/** Tells many that the log has gone on, by one connection. */
export type LogBell = {
  /**
   * Waits until the log is known to be beyond a position; returns where it is.
   *
   * @throws the reason of the signal, or that of the bell, once aborted
   */
  after(position: number, signal: AbortSignal): Promise<number>;
};

/** Makes a bell that rings until `stop` is aborted; it holds a connection of the pool while somebody waits. */
export function createLogBell(pool: pg.Pool, stop: AbortSignal): LogBell {
  const waiting = new Set<(head: number) => void>();
  setMaxListeners(0, stop); // each waiter has one
  let head = 0;
  let listening = false;

  async function listen(): Promise<void> {
    if (listening) return;
    listening = true;
    try {
      while (waiting.size > 0) {
        head = await waitForLog(pool, head, stop);
        for (const ring of waiting) ring(head);
      }
    } finally {
      listening = false;
    }
  }

  return {
    async after(position, signal) {
      // Not AbortSignal.any: what it makes is held for as long as the longest of its signals lives.
      const ends = [signal, stop];
      for (const end of ends) end.throwIfAborted();
      if (head > position) return head;
      const rung = new Promise<number>((resolve, reject) => {
        const ring = (at: number) => {
          if (at > position) leave(() => resolve(at));
        };
        const abort = () => leave(() => reject(ends.find(({ aborted }) => aborted)?.reason));
        const leave = (settle: () => void) => {
          waiting.delete(ring);
          for (const end of ends) end.removeEventListener('abort', abort);
          settle();
        };
        waiting.add(ring);
        for (const end of ends) end.addEventListener('abort', abort);
      });
      listen().catch(() => {}); // only the stop ends it, and that reaches every waiter by itself
      return await rung;
    },
  };
}
