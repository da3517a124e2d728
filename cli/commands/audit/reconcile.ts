import process from 'node:process';
import { Command } from 'commander';
import { asOption, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit reconcile`: whether log, delivery, workflows and read models say the same. */
export function reconcilePart(): Command {
  return new Command('reconcile')
    .description('Compare the log with itself, with NATS, with Temporal and with the read models.')
    .option('--only <names>', 'some of log,delivery,workflows,read-models; all of them by default')
    .option('--stream <case>', 'only what differs of one case')
    .option('--settle <seconds>', 'how long a difference of delivery or workflow has to stand', '30')
    .option('--late-after <seconds>', 'how old an event may be that is not delivered yet', '300')
    .option('--last', 'show what the latest run of the Schedule found, and compare nothing')
    .addOption(asOption())
    .option('--json', 'a line of JSON for each difference and one for the summary')
    .addHelpText(
      'after',
      `${recordedHelp}

Nothing is changed, and the system may go on working meanwhile: only what stays different is reported. Where the system is
comes from ORGEID_POSTGRES_URL, ORGEID_NATS_URL (with the system's own user) and ORGEID_TEMPORAL_ADDRESS; what is not
compared need not be given. Each kind of difference, and what to do: docs/guides/operations.md.

Exit code: 0 nothing differs · 1 failed · 2 bad input · 3 something differs

Examples:
  orgeid audit reconcile
  orgeid audit reconcile --only log,read-models --json
  orgeid audit reconcile --only workflows --stream registration-1
  orgeid audit reconcile --last`,
    )
    .action(async (options) => {
      const { runAuditReconcile } = await import('../../audit/reconcile.ts');
      process.exitCode = await runAuditReconcile(options);
    });
}
