import { Command, Option } from 'commander';
import { asOption, exitCodes, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit accounts`: all accounts as they were. */
export const accountsPart = () =>
  new Command('accounts')
    .description('All accounts as they were at a moment, one a line, from the log alone.')
    .option('--at <instant>', 'the moment: ISO 8601 with a zone; now without one')
    .option('--position <n>', 'the moment as a position of the log')
    .addOption(new Option('--format <format>', 'ndjson or csv').choices(['ndjson', 'csv']).default('ndjson'))
    .addOption(asOption())
    .addHelpText(
      'after',
      `${recordedHelp}

Written as it is found, as fast as it is read, in the order of the cases' names; memory does not grow with the number of accounts.

${exitCodes}

Example:
  orgeid audit accounts --at 2025-07-01T00:00:00+07:00 --format csv > accounts.csv`,
    )
    .action(async (options) => {
      const { runAccounts } = await import('../../audit/accounts.ts');
      await runAccounts(options);
    });
