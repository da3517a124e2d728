import process from 'node:process';
import { Command } from 'commander';
import { asOption, dirOption, langOption } from '../../audit/options.ts';

/** `orgeid audit verify`: of a bundle, or of the log itself. */
export const verifyPart = (): Command =>
  new Command('verify')
    .description(
      'Check a bundle, or with --event the proof of one event, with no database and no network; or, with --database, the log and every checkpoint of it.',
    )
    .argument('[bundle]', 'file of orgeid audit export; - is standard input')
    .option('--key <key...>', 'keys of the log that you trust')
    .option('--policy <file>', 'logs and witnesses that you trust (C2SP tlog-policy)')
    .option('--earlier <file>', 'a checkpoint that you have from before, which the bundle must go on from')
    .option('--event <hash>', 'hash of an event: the file is a proof of orgeid audit proof')
    .option('--database', 'check the log of ORGEID_POSTGRES_AUDITOR_URL or ORGEID_POSTGRES_URL')
    .addOption(dirOption())
    .addOption(asOption())
    .addOption(langOption())
    .option('--json', 'one JSON document instead of text')
    .addHelpText(
      'after',
      `
Exit code: 0 it holds · 3 it does not, with the first thing that does not · 1 failed · 2 bad input

Examples:
  orgeid audit verify 0001.bundle --key "$(cat log.vkey)"
  orgeid audit verify 17.tlog-proof --event 8c2f… --policy orgeid.policy
  orgeid audit verify --database --dir audit --as 'Lê Thị Thanh'`,
    )
    .action(async (bundle: string | undefined, options) => {
      const { runVerify } = await import('../../audit/verify.ts');
      process.exitCode = await runVerify(bundle, options);
    });
