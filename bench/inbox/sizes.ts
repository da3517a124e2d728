import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import { round } from '../percentile.ts';
import { load } from './load.ts';
import { ask, type Latencies, write } from './measure.ts';

/** `writesPerSecond`: how many claims and releases there were meanwhile in `underWrites`. */
export type Size = {
  readonly tasks: number;
  readonly loadedPerSecond: number;
  readonly writesPerSecond: number;
} & Latencies & {
    readonly underWrites: Latencies;
  };

export type Options = {
  readonly samples: number;
  /** Claims and releases a second, at most, while the same is asked again. */
  readonly writes: number;
  /** Verifies the log and compares the read models with its fold after loading the first size. */
  readonly check: boolean;
};

type Say = (text: string) => void;

/** Loads one size after the other into an empty database, the larger on top of the smaller, and asks at each. */
export async function measureSizes(
  pool: pg.Pool,
  sizes: readonly number[],
  options: Options,
  say: Say,
): Promise<Size[]> {
  const list: Size[] = [];
  for (const tasks of sizes) {
    const size = await measure(pool, list.at(-1)?.tasks ?? 0, tasks, options, say);
    say(JSON.stringify(size));
    list.push(size);
  }
  return list;
}

/** The worst of the p99s at the largest size over that at the smallest. */
export function flatness(list: readonly Size[]): number {
  const [small, large] = [list[0], list.at(-1)];
  if (!small || !large) return Number.NaN;
  const keys = ['inboxP99Ms', 'nextP99Ms', 'searchP99Ms'] as const;
  return round(Math.max(...keys.map((key) => large[key] / small[key])));
}

async function measure(
  pool: pg.Pool,
  from: number,
  tasks: number,
  { samples, writes, check }: Options,
  say: Say,
): Promise<Size> {
  const begun = performance.now();
  await inHaste(pool, () => load(pool, from, tasks, progress(from, tasks, say)));
  const loadedPerSecond = round((tasks - from) / ((performance.now() - begun) / 1000), 0);
  if (from === 0 && check) {
    say(`${tasks} tasks: checking the log and the read models`);
    await mustBeWhole(pool);
  }
  say(`${tasks} tasks: vacuuming`);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  say(`${tasks} tasks: asking, with nothing else under way`);
  const idle = await ask(pool, tasks, samples, 1);
  say(`${tasks} tasks: asking while tasks are claimed and released`);
  const writer = write(pool, tasks, writes);
  const underWrites = await ask(pool, tasks, samples, 2);
  const writesPerSecond = await writer.stop();
  return { tasks, loadedPerSecond, ...idle, writesPerSecond, underWrites };
}

/** Says at most every ten seconds how far the loading is, and how long it will take at the present pace. */
function progress(from: number, to: number, say: Say): (n: number) => void {
  let last = { at: performance.now(), n: from };
  return (n) => {
    const at = performance.now();
    if (at - last.at < 10_000) return;
    const perSecond = (n - last.n) / ((at - last.at) / 1000);
    const left = Math.round((to - n) / perSecond);
    say(`  ${n} of ${to} tasks loaded, ${Math.round(perSecond)} a second, about ${left} s to go`);
    last = { at, n };
  };
}

/** Loads without waiting for the disk; what is measured afterwards runs with the usual settings. */
async function inHaste(pool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const settings = ['fsync', 'full_page_writes'];
  for (const name of settings) await pool.query(`alter system set ${name} = off`);
  await pool.query(`alter system set max_wal_size = '8GB'`);
  await pool.query('select pg_reload_conf()');
  try {
    await work();
  } finally {
    for (const name of [...settings, 'max_wal_size']) await pool.query(`alter system reset ${name}`);
    await pool.query('select pg_reload_conf()');
  }
}

async function mustBeWhole(pool: pg.Pool): Promise<void> {
  const verdict = await verifyLog(pool);
  if (!verdict.whole) throw new Error(`the log is not whole: ${JSON.stringify(verdict)}`);
  for await (const difference of refoldAll(pool, projections)) {
    throw new Error(`a read model differs from the fold: ${JSON.stringify(difference)}`);
  }
}
