import process from 'node:process';
import { Command, Option } from 'commander';
import { defaultLanguage, languages } from '../output.ts';
import { registryNames } from './registryNames.ts';

/** `orgeid reconcile`: how the accounts of a running system differ from a registry. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description('Compare all accounts of a running system with a registry and report what differs.')
    .addOption(new Option('--registry <name>', 'which registry').choices(registryNames).makeOptionMandatory())
    .option(
      '--wait <seconds>',
      'how long an answer is waited for, each time it is asked for; as the policy says',
    )
    .option('--attempts <number>', 'how often an answer is asked for; as the policy says')
    .option('--json', 'one JSON document instead of a table')
    .addOption(
      new Option('--lang <language>', 'language of the reasons')
        .choices(languages)
        .default(defaultLanguage(), 'vi when the locale is Vietnamese, else en'),
    )
    .addHelpText(
      'after',
      `
Nothing is changed. A run of the registry that is going on is joined; stopping this command does not stop the run.
Where the system is comes from the worker's own variables: ORGEID_POSTGRES_URL, ORGEID_TEMPORAL_ADDRESS,
ORGEID_TASK_QUEUE, ORGEID_POLICY_VERSION. Personal numbers are masked in the output.

Exit code: 0 every account agrees · 1 failed, or the registry did not answer for some · 2 bad input · 3 something differs

Example:
  orgeid reconcile --registry BUSINESS --wait 60 --lang vi`,
    )
    .action(async (options) => {
      const { runReconcile } = await import('../reconcile/run.ts');
      process.exitCode = await runReconcile(options);
    });
}
