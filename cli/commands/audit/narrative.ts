import { Command, Option } from 'commander';
import { asOption, exitCodes, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit narrative`: a case told for a reader. */
export const narrativePart = () =>
  new Command('narrative')
    .description('Tell a case: each step with its legal basis, its limit and whether it was in time.')
    .argument('<case>', 'name of the case')
    .addOption(new Option('--lang <language>', 'vi or en').choices(['vi', 'en']))
    .addOption(
      new Option('--format <format>', 'text, html or pdf').choices(['text', 'html', 'pdf']).default('text'),
    )
    .option('--out <file>', 'write into a file instead of printing')
    .addOption(asOption())
    .option('--json', 'the narrative as one JSON document')
    .addHelpText(
      'after',
      `${recordedHelp}

Without --lang the language is that of the locale. The same case makes the same document, byte for byte.

${exitCodes}

Example:
  orgeid audit narrative registration-… --lang vi --format pdf --out case.pdf`,
    )
    .action(async (stream: string, options) => {
      const { runNarrative } = await import('../../audit/narrative.ts');
      await runNarrative(stream, options);
    });
