import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedEvent } from '../schemas/case.ts';
import type { Queryable } from '../store/pool.ts';
import { readLog } from '../store/read.ts';

const EVERY_MS = 100;
const PAGE = 500;

/** Tells people that something happened, as the mail does; what there is to do they read from their inbox. */
export type Follow = {
  /** Resolves once the log holds a later version of the stream; at once when it does already. */
  until(stream: string, afterVersion: number): Promise<void>;
  onEvent(listener: (event: LoggedEvent) => void): void;
  /** Every event seen so far. */
  readonly seen: () => number;
  readonly done: Promise<void>;
};

/** Follows the log in PostgreSQL until the signal is aborted; waiters are let go then. */
export function follow(db: Queryable, signal: AbortSignal): Follow {
  const versions = new Map<string, number>();
  const waiters = new Map<string, { after: number; go: () => void }[]>();
  const listeners: ((event: LoggedEvent) => void)[] = [];
  let position = 0;

  function take(event: LoggedEvent): void {
    position = event.position;
    versions.set(event.stream, event.version);
    for (const listener of listeners) listener(event);
    const waiting = waiters.get(event.stream) ?? [];
    for (const waiter of waiting) if (event.version > waiter.after) waiter.go();
    waiters.set(
      event.stream,
      waiting.filter((waiter) => event.version <= waiter.after),
    );
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const events = await readLog(db, position, PAGE);
      for (const event of events) take(event);
      if (events.length < PAGE) await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  const letGo = () => {
    for (const waiting of waiters.values()) for (const waiter of waiting) waiter.go();
  };
  return {
    until: (stream, afterVersion) =>
      new Promise((resolve) => {
        if (signal.aborted || (versions.get(stream) ?? 0) > afterVersion) return resolve();
        waiters.set(stream, [...(waiters.get(stream) ?? []), { after: afterVersion, go: resolve }]);
      }),
    onEvent: (listener) => listeners.push(listener),
    seen: () => position,
    done: run().finally(letGo),
  };
}
