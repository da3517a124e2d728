import { Command } from 'commander';
import { asOption, exitCodes, jsonOption, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit history`: what happened in a case. */
export const historyPart = () =>
  new Command('history')
    .description('What happened in a case, event by event, with positions and hashes.')
    .argument('<case>', 'name of the case, such as registration-…')
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${recordedHelp}\n\n${exitCodes}\n\nExample:\n  orgeid audit history registration-… --as "Trần Thị Kiểm"`,
    )
    .action(async (stream: string, options) => {
      const { runHistory } = await import('../../audit/history.ts');
      await runHistory(stream, options);
    });
