import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { startEngines } from '../../engines/start.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import { round } from '../percentile.ts';
import { load } from './load.ts';
import { ask, type Latencies, write } from './measure.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,40000' },
    samples: { type: 'string', default: '400' },
    writes: { type: 'string', default: '50' },
    /** Verifies the log and compares the read models with its fold after loading the first size. */
    check: { type: 'boolean', default: true },
    /** An empty database to use instead of one made for the run. */
    url: { type: 'string' },
  },
  allowNegative: true,
});
const sizes = args.sizes
  .split(',')
  .map(Number)
  .sort((a, b) => a - b);
const samples = Number(args.samples);
const say = (text: string) => process.stderr.write(`${text}\n`);

type Size = {
  readonly tasks: number;
  readonly loadedPerSecond: number;
  readonly writesPerSecond: number;
} & Latencies & {
    readonly underWrites: Latencies;
  };

async function measure(pool: pg.Pool, from: number, tasks: number): Promise<Size> {
  const begun = performance.now();
  let told = begun;
  await inHaste(pool, () =>
    load(pool, from, tasks, (n) => {
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      say(`  ${n} of ${tasks} tasks loaded`);
    }),
  );
  const loadedPerSecond = round((tasks - from) / ((performance.now() - begun) / 1000), 0);
  if (from === 0 && args.check) await check(pool);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  say(`${tasks} tasks: asking`);
  const idle = await ask(pool, tasks, samples, 1);
  const writer = write(pool, tasks, Number(args.writes));
  const underWrites = await ask(pool, tasks, samples, 2);
  const writesPerSecond = await writer.stop();
  return { tasks, loadedPerSecond, ...idle, writesPerSecond, underWrites };
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

async function check(pool: pg.Pool): Promise<void> {
  const verdict = await verifyLog(pool);
  if (!verdict.whole) throw new Error(`the log is not whole: ${JSON.stringify(verdict)}`);
  for await (const difference of refoldAll(pool, projections)) {
    throw new Error(`a read model differs from the fold: ${JSON.stringify(difference)}`);
  }
}

/** The worst of the p99s at the largest size over that at the smallest. */
function flatness(list: readonly Size[]): number {
  const [small, large] = [list[0], list.at(-1)];
  if (!small || !large) return Number.NaN;
  const keys = ['inboxP99Ms', 'nextP99Ms', 'searchP99Ms'] as const;
  return round(Math.max(...keys.map((key) => large[key] / small[key])));
}

async function run(url: string): Promise<void> {
  await migrate(url);
  const pool = openPool(url, { max: 8, statementTimeoutMs: 600_000 });
  try {
    const list: Size[] = [];
    for (const tasks of sizes) {
      const size = await measure(pool, list.at(-1)?.tasks ?? 0, tasks);
      say(JSON.stringify(size));
      list.push(size);
    }
    const result = { sizes: list, flatness: flatness(list), samples };
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await pool.end();
  }
}

if (args.url !== undefined) await run(args.url);
else {
  const dataDir = await mkdtemp(join(tmpdir(), 'orgeid-bench-'));
  const engines = await startEngines({ dataDir, only: ['postgres'] });
  try {
    await run(engines.postgres.url);
  } finally {
    await engines.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
