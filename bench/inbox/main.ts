import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngines } from '../../engines/start.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { type CommandRates, commandRates } from './commands.ts';
import { flatness, measureSizes, type Size } from './sizes.ts';

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
    /** How many tasks are claimed and released over HTTP, and by bare Updates; 0: none are. */
    commands: { type: 'string', default: '32' },
    turns: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
  allowNegative: true,
});
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function sizesOn(url: string): Promise<Size[]> {
  const sizes = args.sizes
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
  await migrate(url);
  const pool = openPool(url, { max: 8, statementTimeoutMs: 3_600_000 });
  try {
    const { check } = args;
    return await measureSizes(
      pool,
      sizes,
      { samples: Number(args.samples), writes: Number(args.writes), check },
      say,
    );
  } finally {
    await pool.end();
  }
}

async function sizesOnOwn(): Promise<Size[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orgeid-bench-'));
  try {
    const engines = await startEngines({ dataDir, only: ['postgres'] });
    try {
      return await sizesOn(engines.postgres.url);
    } finally {
      await engines.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** On engines of their own, when those of the sizes have stopped. */
const rates = async (): Promise<CommandRates | undefined> =>
  Number(args.commands) > 0
    ? await commandRates(Number(args.commands), Number(args.turns), Number(args.rounds), say)
    : undefined;

const sizes = args.url === undefined ? await sizesOnOwn() : await sizesOn(args.url);
const result = { sizes, flatness: flatness(sizes), samples: Number(args.samples), ...(await rates()) };
process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
