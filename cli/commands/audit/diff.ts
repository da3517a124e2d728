import { Command } from 'commander';
import { asOption, exitCodes, jsonOption, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit diff`: what changed between two moments. */
export const diffPart = () =>
  new Command('diff')
    .description('What changed in a case between two moments, and the events that changed it.')
    .argument('<case>', 'name of the case')
    .requiredOption('--from <moment>', 'an instant (ISO 8601 with a zone), position:N or version:N')
    .option('--to <moment>', 'the same; now when absent')
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${recordedHelp}

With --json the differences are operations of RFC 6902 (JSON Patch) with what stood there before.

${exitCodes}

Examples:
  orgeid audit diff registration-… --from version:2 --to version:5
  orgeid audit diff account-… --from 2025-04-01T00:00:00+07:00`,
    )
    .action(async (stream: string, options) => {
      const { runDiff } = await import('../../audit/diff.ts');
      await runDiff(stream, options);
    });
