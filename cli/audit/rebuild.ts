import process from 'node:process';
import { projections } from '../../domain/projections.ts';
import { type RebuildProgress, type Rebuilt, rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { withDatabase } from '../database.ts';
import { print, printJson } from '../output.ts';
import { codeDigest } from './codeDigest.ts';

export type RebuildCommandOptions = {
  readonly check?: boolean;
  readonly fresh?: boolean;
  readonly json?: boolean;
};

const LONGEST_STATEMENT_MS = 600_000;
const EVERY_MS = 1_000;

/**
 * Rebuilds the read models; progress goes to standard error, once a second.
 *
 * @returns exit code: 0 nothing differed, 3 something did
 * @throws DomainError as rebuildReadModels
 */
export async function runRebuild({ json = false, ...options }: RebuildCommandOptions): Promise<0 | 3> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return await withDatabase(
    async (pool) => {
      const onProgress = teller(json);
      const rebuilt = await rebuildReadModels(pool, projections, {
        ...options,
        code: await codeDigest(),
        onProgress,
        signal: stop.signal,
      });
      if (json) printJson(rebuilt);
      else print(lines(rebuilt, options.check === true).join('\n'));
      return rebuilt.differences.length === 0 ? 0 : 3;
    },
    { statementTimeoutMs: LONGEST_STATEMENT_MS, as: 'migrator' },
  );
}

function teller(json: boolean): (progress: RebuildProgress) => void {
  const began = Date.now();
  let first: number | undefined;
  let told = 0;
  return ({ position, head, comparing }) => {
    if (comparing !== undefined) {
      if (json) printJson({ position, head, comparing });
      else process.stderr.write(`comparing ${comparing}\n`);
      return;
    }
    first ??= position;
    const now = Date.now();
    if (now - told < EVERY_MS && position < head) return;
    told = now;
    const perSecond = Math.round(((position - first) * 1000) / Math.max(1, now - began));
    if (json) {
      printJson({ position, head, perSecond });
      return;
    }
    const left = perSecond === 0 ? '' : `, ${Math.ceil((head - position) / perSecond)} s left`;
    process.stderr.write(`${position} of ${head} events, ${perSecond} a second${left}\n`);
  };
}

function lines({ position, differences, corrected }: Rebuilt, check: boolean): string[] {
  if (differences.length === 0)
    return [`The read models are what the log gives, byte for byte, at position ${position}.`];
  const counts = Object.entries(corrected).map(([table, n]) => `  ${table}: ${n} rows put right`);
  return [
    `The read models ${check ? 'are not' : 'were not'} what the log gives at position ${position}.`,
    ...counts,
    ...differences.map(
      ({ table, key, live }) =>
        `  ${table} ${key}: ${live === undefined ? 'missing' : 'different, or not wanted'}`,
    ),
  ];
}
