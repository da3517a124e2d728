import { Command, Option } from 'commander';
import { defaultLanguage, languages } from '../output.ts';

/** `orgeid match`: how declared values relate to a registry's, and why. */
export function matchCommand(): Command {
  return new Command('match')
    .description(
      'Compare declared values with a registry’s, field by field: same, for a person, or different; and why.',
    )
    .requiredOption(
      '--csv <file>',
      'a UTF-8 file with the columns id, field, declared, registry; adds band, score and why',
    )
    .option('--json', 'one JSON document instead of CSV')
    .addOption(
      new Option('--lang <language>', 'language of the reasons')
        .choices(languages)
        .default(defaultLanguage(), 'vi when the locale is Vietnamese, else en'),
    )
    .addHelpText(
      'after',
      `
Fields: name_vi, name_abbr, name_en, address, representative_name, representative_id, established_on, tax_code,
enterprise_code. Personal numbers (representative_id) are masked in the output.

Exit code: 0 done · 1 some rows of the file are bad, the others are answered · 2 bad input

Example:
  orgeid match --csv pairs.csv --lang vi > matched.csv`,
    )
    .action(async (options) => {
      const { runMatch } = await import('../match/run.ts');
      await runMatch(options);
    });
}
