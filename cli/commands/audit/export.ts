import { Command } from 'commander';
import { asOption, dirOption } from '../../audit/options.ts';

/** `orgeid audit export`: events with all that shows that they are in the signed log. */
export const exportPart = (): Command =>
  new Command('export')
    .description(
      'Write a bundle: events, proofs, the signed checkpoint, policies with their calendars, and keys.',
    )
    .option('--case <stream>', 'one case')
    .option('--unit <code>', 'all cases of a unit')
    .option('--from <instant>', 'what was recorded from then on, with --to')
    .option('--to <instant>', 'up to and without this moment')
    .option('--all', 'the whole log')
    .option('--out <file>', 'where to; standard output without it')
    .option(
      '--since <file...>',
      'checkpoints that you have from before: the bundle shows that the log goes on from them',
    )
    .addOption(dirOption())
    .addOption(asOption())
    .addHelpText(
      'after',
      `
The bundle goes up to the last checkpoint: orgeid audit checkpoint signs what came since. With the log's secret key in the folder the bundle
is sealed, which shows later that nothing was left out at its end. The database is that of ORGEID_POSTGRES_AUDITOR_URL or ORGEID_POSTGRES_URL.

Exit code: 0 written · 1 failed · 2 bad input

Examples:
  orgeid audit export --case registration-0001 --as 'Lê Thị Thanh' --out 0001.bundle
  orgeid audit export --from 2026-01-01 --to 2026-04-01 --since march.checkpoint --out q1.bundle`,
    )
    .action(async (options) => {
      const { runExport } = await import('../../audit/export.ts');
      await runExport(options);
    });
