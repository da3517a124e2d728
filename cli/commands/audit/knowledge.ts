import { Command } from 'commander';
import { asOption, exitCodes, jsonOption, recordedHelp } from '../../audit/options.ts';

/** `orgeid audit knowledge`: who knew what, and who could do what. */
export const knowledgePart = () =>
  new Command('knowledge')
    .description(
      'Who had acted in a case, read it and been told of it at a moment, and which actions were open to whom.',
    )
    .argument('<case>', 'name of the case')
    .option('--at <instant>', 'the moment: ISO 8601 with a zone; now without one')
    .option('--position <n>', 'the moment as a position of the log')
    .option('--version <n>', 'the moment as a version of the case')
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${recordedHelp}

Officers are taken with the roles and units that are known today: there is no history of these. Reads of lists and searches name no case
and are not counted here; "orgeid access-history" and /v1/access-history have them.

${exitCodes}`,
    )
    .action(async (stream: string, options) => {
      const { runKnowledge } = await import('../../audit/knowledge.ts');
      await runKnowledge(stream, options);
    });
