import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { verifyBundle } from '../../audit/bundle/verify.ts';
import { writeBundle } from '../../audit/bundle/write.ts';
import { checkpointsIn, keysIn } from '../../audit/checkpoint/make.ts';
import { verifyDatabase } from '../../audit/evidence/verifyDatabase.ts';
import { projections } from '../../domain/projections.ts';
import { openPool } from '../../store/pool.ts';
import { readHead } from '../../store/read.ts';
import { rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { refoldAll } from '../../store/refold.ts';
import { readRing } from '../../transparency/ring.ts';
import type { Measure, Measured } from './measures.ts';

const [, , name, url = '', folder = ''] = process.argv;
const bundle = join(folder, 'all.bundle');
const STATEMENT_TIMEOUT_MS = 3_600_000;

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const work: Readonly<Record<Measure, (pool: pg.Pool) => Promise<void>>> = {
  async rebuild(pool) {
    const { differences } = await rebuildReadModels(pool, projections);
    must(differences.length === 0, `the rebuild differs: ${JSON.stringify(differences[0])}`);
  },
  // Every case folded from its first event to its last, and compared with its rows.
  async replay(pool) {
    for await (const difference of refoldAll(pool, projections)) throw new Error(JSON.stringify(difference));
  },
  async verify(pool) {
    const { keys } = await readRing(keysIn(folder));
    const verdict = await verifyDatabase(pool, keys, checkpointsIn(folder));
    must(verdict.whole, JSON.stringify(verdict));
  },
  async export(pool) {
    const ring = await readRing(keysIn(folder));
    const text = writeBundle(pool, { scope: { kind: 'ALL' }, exportedBy: 'bench', now: Date.now(), ring });
    await pipeline(Readable.from(text), createWriteStream(bundle));
  },
  async verifyBundle() {
    const { keys } = await readRing(keysIn(folder));
    const verdict = await verifyBundle(createReadStream(bundle), { keys });
    must(verdict.holds, 'the bundle does not hold');
  },
};

const pool = openPool(url, { max: 4, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
try {
  const { position: events } = await readHead(pool);
  const began = performance.now();
  await work[name as Measure](pool);
  const seconds = (performance.now() - began) / 1000;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const measured: Measured = { events, seconds, peakRssMb };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
} finally {
  await pool.end();
}
