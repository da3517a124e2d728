import { setTimeout as sleep } from 'node:timers/promises';
import { type Discrepancy, identityOf } from './discrepancy.ts';

/** A place that seemed to differ, and how to look at it afresh. */
export type Suspect = {
  readonly seen: readonly Discrepancy[];
  again(): Promise<readonly Discrepancy[]>;
};

export type SettleOptions = {
  /** How long a difference has to stand, ms. What is under way ends sooner. */
  readonly settleMs: number;
  readonly signal: AbortSignal | undefined;
};

const BATCH = 200;

/**
 * Holds back what seems to differ until it has stood for a while, and yields what a second look, at fresh state, sees
 * unchanged. Of work under way the second look sees something else, however busy the case is. Keeps a batch in memory.
 */
export function settling({ settleMs, signal }: SettleOptions) {
  let batch: Suspect[] = [];

  async function* settled(): AsyncGenerator<Discrepancy, void> {
    if (batch.length === 0) return;
    const suspects = batch;
    batch = [];
    await sleep(settleMs, undefined, { signal });
    for (const { seen, again } of suspects) {
      const before = new Set(seen.map(identityOf));
      for (const difference of await again()) if (before.has(identityOf(difference))) yield difference;
    }
  }

  return {
    /** Takes a suspect; yields what stands of the batch when that is full. */
    async *suspect(suspect: Suspect): AsyncGenerator<Discrepancy, void> {
      if (suspect.seen.length === 0) return;
      batch.push(suspect);
      if (batch.length >= BATCH) yield* settled();
    },
    /** Yields what stands of the rest. */
    settled,
  };
}

export type Settling = ReturnType<typeof settling>;
