import { Command } from 'commander';
import { asOption, exitCodes, jsonOption, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit state`: a case as it was. */
export const statePart = () =>
  new Command('state')
    .description(
      'A case as it was at a moment, by the very fold that the system works with; today without one.',
    )
    .argument('<case>', 'name of the case')
    .option('--at <instant>', 'as the log stood then: ISO 8601 with a zone')
    .option('--position <n>', 'as the log stood after its first so many events')
    .option('--version <n>', 'as the case stood after its first so many events')
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${recordedHelp}\n\n${exitCodes}\n
Examples:
  orgeid audit state registration-… --at 2025-04-02T08:30:00+07:00
  orgeid audit state account-… --version 3 --json`,
    )
    .action(async (stream: string, options) => {
      const { runState } = await import('../../audit/state.ts');
      await runState(stream, options);
    });
