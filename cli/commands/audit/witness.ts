import { Command } from 'commander';

/** `orgeid audit witness`: somebody else's process that cosigns the log. */
export const witnessPart = (): Command =>
  new Command('witness')
    .description(
      'Serve a witness that cosigns checkpoints of logs that only grow (C2SP tlog-witness); for another house than the log’s.',
    )
    .requiredOption('--dir <folder>', 'its key, and the last checkpoint of each log')
    .requiredOption('--policy <file>', 'the logs that it knows (C2SP tlog-policy)')
    .requiredOption('--name <name>', 'name of its key, a URL without a scheme')
    .option('--listen <address>', 'host:port', '127.0.0.1:8090')
    .addHelpText(
      'after',
      `
Prints its key as the line of a policy. The log's workers ask it when that line, with the address behind it, is in the file of ORGEID_TLOG_POLICY.

Example:
  orgeid audit witness --dir witness --policy orgeid.policy --name audit.example/witness`,
    )
    .action(async (options) => {
      const { runWitness } = await import('../../audit/witness.ts');
      await runWitness(options);
    });
