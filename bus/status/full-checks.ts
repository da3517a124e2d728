import { nameOf } from '../retry.ts';
import { BucketAway } from './bucket.ts';
import { putAll } from './cursor.ts';
import type { MirrorOptions } from './options.ts';

/** Compares every key with the log now and then: a key that was lost in the middle is seen by nothing else. */
export type FullChecks = {
  /** Begins one beside everything else, when it is time. @throws what the last one failed with */
  begin(): void;
  /** The bucket is another one than before: it is time. */
  hasten(): void;
  /** Every account was just put. */
  postpone(): void;
  /** Resolves when the one under way has ended. */
  ended(): Promise<void>;
};

export function fullChecks(options: MirrorOptions): FullChecks {
  const { logger, fullCheckEveryMs = 600_000 } = options;
  let dueAt = 0;
  let running: Promise<void> | undefined;
  let failed: { readonly error: unknown } | undefined;

  const check = async (): Promise<void> => {
    try {
      const count = await putAll(options);
      dueAt = performance.now() + fullCheckEveryMs;
      if (count > 0) logger.warn({ count }, 'the status bucket was not whole; what was missing is put');
    } catch (error) {
      if (error instanceof BucketAway) logger.warn({ error: nameOf(error.cause) }, 'a full check broke off');
      else failed = { error };
    }
    running = undefined;
  };
  return {
    begin() {
      if (failed) throw failed.error;
      if (performance.now() >= dueAt) running ??= check();
    },
    hasten() {
      dueAt = 0;
    },
    postpone() {
      dueAt = performance.now() + fullCheckEveryMs;
    },
    ended: async () => await running,
  };
}
