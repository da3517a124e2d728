import { Command } from 'commander';
import { dirOption } from '../../audit/options.ts';

/** `orgeid audit keys`: what others need to know to believe the log, and a new key. */
export const keysPart = (): Command =>
  new Command('keys')
    .description('Print the keys of the log as a C2SP tlog-policy, for those who verify.')
    .addOption(dirOption())
    .option('--rotate', 'a new key signs from now on; the old one vouches for it, and its secret is deleted')
    .addHelpText('after', '\nExample:\n  orgeid audit keys --dir audit > orgeid.policy')
    .action(async (options) => {
      const { runKeys } = await import('../../audit/keys.ts');
      await runKeys(options);
    });
