import process from 'node:process';
import { Command } from 'commander';

/** `orgeid audit rebuild`: read models anew from the log. */
export const rebuildPart = (): Command =>
  new Command('rebuild')
    .description(
      'Make the read models anew from the log while the system works, and put right every row that differs.',
    )
    .option('--check', 'only say what differs')
    .option('--fresh', 'begin anew instead of going on with what was interrupted')
    .option('--json', 'one JSON document a line: progress, then the result')
    .addHelpText(
      'after',
      `
Appends wait only while the rebuilt rows are compared with the live ones. Interrupted, it goes on from where it was,
unless the program or the tables are others now: then it begins anew.
The database is that of ORGEID_POSTGRES_MIGRATOR_URL or ORGEID_POSTGRES_URL.

Exit code: 0 the read models were byte for byte what the log gives · 3 some rows were not, and are put right now (with --check: are not) ·
1 failed, also at an event that cannot be folded, whose position is named · 2 bad input`,
    )
    .action(async (options) => {
      const { runRebuild } = await import('../../audit/rebuild.ts');
      process.exitCode = await runRebuild(options);
    });
