import { setTimeout as pause } from 'node:timers/promises';
import type { Queryable } from '../../store/pool.ts';

export type CaseStanding = { readonly status: string; readonly closed: boolean; readonly version: number };
type Waiter = {
  readonly stream: string;
  readonly holds: (standing: CaseStanding) => boolean;
  readonly resolve: (standing: CaseStanding) => void;
};

/** Looks at all cases together, a few times a second, for however many waiters; survives a database that is away. */
export function watchCases(db: Queryable, everyMs = 100) {
  const waiters = new Set<Waiter>();
  let running = true;
  const standings = new Map<string, CaseStanding>();

  async function look(): Promise<void> {
    const streams = [...new Set([...waiters].map((w) => w.stream))];
    if (streams.length === 0) return;
    const { rows } = await db.query<CaseStanding & { stream: string }>(
      'select stream, status, closed, version from orgeid.cases where stream = any($1)',
      [streams],
    );
    for (const row of rows) standings.set(row.stream, row);
    for (const waiter of waiters) {
      const standing = standings.get(waiter.stream);
      if (!standing || !waiter.holds(standing)) continue;
      waiters.delete(waiter);
      waiter.resolve(standing);
    }
  }

  const loop = (async () => {
    while (running) {
      await look().catch(() => undefined);
      await pause(everyMs);
    }
  })();

  return {
    until: (stream: string, holds: (standing: CaseStanding) => boolean): Promise<CaseStanding> =>
      new Promise((resolve) => waiters.add({ stream, holds, resolve })),
    untilStatus(stream: string, ...statuses: readonly string[]): Promise<CaseStanding> {
      return this.until(stream, ({ status }) => statuses.includes(status));
    },
    waiting: () => [...waiters].map((w) => `${w.stream}: ${standings.get(w.stream)?.status ?? 'nothing'}`),
    async stop() {
      running = false;
      await loop;
    },
  };
}
