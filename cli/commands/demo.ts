import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';

type Options = { readonly json?: true; readonly keep?: string | true };

/** `orgeid demo`: plays a province's organisations through the whole procedure on real engines. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description(
      'Play the organisations of Hưng Yên through the whole procedure on real engines, and check the result.',
    )
    .option(
      '--json',
      'print the result as one JSON object on the last line; everything else goes to standard error',
    )
    .option('--keep [folder]', 'leave the data in a new folder (default .orgeid/demo-<time>)')
    .action(async (options: Options) => {
      process.exitCode = await demo(options);
    });

async function demo({ json, keep }: Options): Promise<number> {
  const [{ runDemo }, { readSample }, report, { createLogger }] = await Promise.all([
    import('../../demo/run.ts'),
    import('../../demo/sample.ts'),
    import('../../demo/report.ts'),
    import('../../log/logger.ts'),
  ]);
  const out = json ? process.stderr : process.stdout;
  const say = (line: string): void => void out.write(`${line}\n`);
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    const sample = await readSample();
    say(`${sample.entries.length} requests read, ${sample.rejected.length} rows rejected`);
    const log = createLogger('demo', { level: process.env.LOG_LEVEL ?? 'error' });
    const keepIn = keep === undefined ? undefined : newFolder(keep);
    const { run, policy } = await runDemo({
      sample,
      log,
      say,
      signal: stop.signal,
      ...(keepIn === undefined ? {} : { keepIn }),
    });
    say(report.reportText(sample, run, policy));
    if (keepIn !== undefined) say(`the data is kept in ${keepIn}`);
    if (json) process.stdout.write(`${JSON.stringify(report.summary(sample, run))}\n`);
    return report.passed(run) ? 0 : 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    say('stopped');
    return 130;
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}

/** @throws DomainError EID_ERR_DATA_DIR_KEPT when the folder holds something: a play begins with an empty house */
function newFolder(keep: string | true): string {
  const stamp = new Date()
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
  const folder = keep === true ? `.orgeid/demo-${stamp}` : keep;
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new DomainError('EID_ERR_DATA_DIR_KEPT', { folder });
  }
  return folder;
}
