import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCheckpoint } from '../../audit/checkpoint/make.ts';
import { startEngines } from '../../engines/start.ts';
import { loadPolicy } from '../../policies/load.ts';
import { migrate } from '../../store/migrate.ts';
import { putPolicy } from '../../store/policy.ts';
import { openPool } from '../../store/pool.ts';
import { readHead } from '../../store/read.ts';
import { POLICY_VERSION } from '../inbox/cases.ts';
import { load } from '../inbox/load.ts';
import { type Measure, type Measured, measures } from './measures.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** At least so many events are in the log. */
    events: { type: 'string', default: '20000' },
  },
});

const LOAD_CASES = 2_000;
const STATEMENT_TIMEOUT_MS = 3_600_000;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Fills an empty database, whole by every check, and has it signed once. */
async function fill(url: string, folder: string, wanted: number): Promise<number> {
  await migrate(url);
  const pool = openPool(url, { max: 4, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    await putPolicy(pool, { ...(await loadPolicy()), version: POLICY_VERSION });
    let events = 0;
    for (let first = 0; events < wanted; first += LOAD_CASES) {
      await load(pool, first, first + LOAD_CASES, () => {});
      events = (await readHead(pool)).position;
      say(`filled ${events} of ${wanted} events`);
    }
    await pool.query('analyze');
    say('signing');
    await makeCheckpoint({ pool, folder, origin: 'bench.invalid/log', now: Date.now });
    return events;
  } finally {
    await pool.end();
  }
}

/** In a process of its own, whose memory is the measure's alone. */
async function measured(measure: Measure, url: string, folder: string): Promise<Measured> {
  const file = fileURLToPath(new URL('measure.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, measure, url, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${measure} failed`);
  const result = JSON.parse(out) as Measured;
  say(`${measure}: ${Math.round(result.events / result.seconds)} events a second, ${result.peakRssMb} MB`);
  return result;
}

const dataDir = await mkdtemp(join(tmpdir(), 'orgeid-bench-'));
try {
  const engines = await startEngines({ dataDir, only: ['postgres'] });
  try {
    const folder = join(dataDir, 'audit');
    const { url } = engines.postgres;
    const events = await fill(url, folder, Number(args.events));
    const all: Partial<Record<Measure, Measured>> = {};
    for (const measure of measures) all[measure] = await measured(measure, url, folder);
    const rate = (measure: Measure): number => {
      const { seconds = Number.NaN } = all[measure] ?? {};
      return Math.round(events / seconds);
    };
    const result = {
      events,
      rebuildPerSecond: rate('rebuild'),
      replayPerSecond: rate('replay'),
      verifyPerSecond: rate('verify'),
      exportPerSecond: rate('export'),
      verifyBundlePerSecond: rate('verifyBundle'),
      peakRssMb: Math.max(...measures.map((measure) => all[measure]?.peakRssMb ?? 0)),
    };
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await engines.stop();
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
