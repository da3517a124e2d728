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
      const either = AbortSignal.any([signal, stop]);
      either.throwIfAborted();
      if (head > position) return head;
      const rung = new Promise<number>((resolve, reject) => {
        const ring = (at: number) => {
          if (at > position) leave(() => resolve(at));
        };
        const abort = () => leave(() => reject(either.reason));
        const leave = (end: () => void) => {
          waiting.delete(ring);
          either.removeEventListener('abort', abort);
          end();
        };
        waiting.add(ring);
        either.addEventListener('abort', abort);
      });
      listen().catch(() => {}); // only the stop ends it, and that reaches every waiter by itself
      return await rung;
    },
  };
}
