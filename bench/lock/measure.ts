import { readStream } from '../../store/read.ts';
import { accountOf, numberOf, openAccount, ownerSays } from '../../test/support/accounts.ts';
import type { TestSystem } from '../../test/support/system.ts';
import type { Sightings } from './sightings.ts';

/** One lock: epoch ms at which it was asked for, recorded in the log, answered, and seen by the watcher. */
export type Timed = {
  readonly sent: number;
  readonly recorded: number;
  readonly answered: number;
  readonly seen: number;
};

const now = () => performance.timeOrigin + performance.now();

/** Runs a task for each of `count` numbers from `first`, so many at once. */
export async function inLanes(
  first: number,
  count: number,
  lanes: number,
  task: (n: number) => Promise<void>,
): Promise<void> {
  let next = first;
  const lane = async () => {
    while (next < first + count) {
      const n = next;
      next += 1;
      await task(n);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}

/** Opens accounts and waits until each of them is quiet: its owner has the notice, and the watcher has seen it. */
export async function openAll(system: TestSystem, sightings: Sightings, count: number): Promise<void> {
  await inLanes(1, count, 16, async (n) => {
    await openAccount(system, n);
    await sightings.at(numberOf(n), 0);
  });
  for (let left = count; left > 0; ) {
    const { rows } = await system.pool.query<{ left: string }>(
      `select count(*) as left from orgeid.cases where type = 'account' and not state ? 'period'`,
    );
    left = Number(rows[0]?.left ?? 0);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Locks an account and waits until that is seen. */
export async function lockOne(system: TestSystem, sightings: Sightings, n: number): Promise<Timed> {
  const sent = now();
  const seen = sightings.at(numberOf(n), 1);
  await ownerSays(system, n, 'LockOwnAccount');
  const answered = now();
  return { sent, answered, seen: await seen, recorded: await recordedAt(system, n) };
}

/** PostgreSQL's time of the append, just before its commit. */
async function recordedAt({ pool }: TestSystem, n: number): Promise<number> {
  const locked = (await readStream(pool, accountOf(n))).find(({ type }) => type === 'AccountLocked');
  return locked ? epochMs(locked.recordedAt) : Number.NaN;
}

/** Of `…T01:00:00.123456Z`, with the microseconds. */
const epochMs = (text: string): number =>
  Date.parse(`${text.slice(0, 23)}Z`) + Number(text.slice(23, 26)) / 1000;
