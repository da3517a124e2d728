import { Command, Option } from 'commander';
import { defaultLanguage, languages } from '../output.ts';

/** `orgeid deadline`: the last day of a period, and why. */
export function deadlineCommand(): Command {
  return new Command('deadline')
    .description('The last day of a period by the working calendar of state bodies, and why.')
    .option(
      '--received <time>',
      'receipt, YYYY-MM-DD[THH:MM[:SS]], local time of Viet Nam unless Z or ±HH:MM follows',
    )
    .option('--limit <amount>', 'whole number of the unit')
    .option('--unit <unit>', 'working_days, calendar_days or milliseconds')
    .option(
      '--csv <file>',
      'instead: a UTF-8 file with the columns id, received_at, limit, unit; adds due_on and why',
    )
    .option('--calendar <file>', 'another working calendar (YAML) than the one that comes with orgeid')
    .option('--json', 'one JSON document instead of text or CSV')
    .addOption(
      new Option('--lang <language>', 'language of the reasons')
        .choices(languages)
        .default(defaultLanguage(), 'vi when the locale is Vietnamese, else en'),
    )
    .addHelpText(
      'after',
      `
Exit code: 0 done · 1 some rows of the file are bad, the others are answered · 2 bad input

Examples:
  orgeid deadline --received 2025-01-24T16:00 --limit 3 --unit working_days
  orgeid deadline --csv received.csv --lang vi > due.csv`,
    )
    .action(async (options) => {
      const { runDeadline } = await import('../deadline/run.ts');
      runDeadline(options);
    });
}
