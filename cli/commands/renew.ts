import process from 'node:process';
import { Command } from 'commander';

/** `orgeid renew`: begins the workflows of cases anew from the log. */
export function renewCommand(): Command {
  return new Command('renew')
    .description('Begin the workflows of open cases anew from the log, in the code that runs now.')
    .argument('[case...]', 'cases by their stream, as registration-…')
    .option('--failing', 'all open cases whose workflow does not get on')
    .option('--begun-before <time>', 'all open cases whose present run began before, ISO 8601')
    .option('--dry-run', 'only name the cases')
    .addHelpText(
      'after',
      `
The log stays as it is, and so does every case: only the history of its workflow is left behind. For cases that stand still
after an upgrade or a way back; docs/guides/upgrade.md says when. Workers must be running.
Where the system is comes from the worker's own variables: ORGEID_POSTGRES_URL, ORGEID_TEMPORAL_ADDRESS,
ORGEID_TASK_QUEUE, ORGEID_POLICY_VERSION.

Exit code: 0 all named cases go on · 1 failed, or some could not be begun · 2 bad input

Examples:
  orgeid renew --failing --dry-run
  orgeid renew --begun-before 2026-03-01T00:00:00+07:00
  orgeid renew registration-0f3c…`,
    )
    .action(async (streams: string[], options) => {
      const { runRenew } = await import('../renew/run.ts');
      process.exitCode = await runRenew(streams, options);
    });
}
