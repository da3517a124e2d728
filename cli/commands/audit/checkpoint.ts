import process from 'node:process';
import { Command } from 'commander';

/** `orgeid audit checkpoint`: the log is signed now. */
export const checkpointPart = (): Command =>
  new Command('checkpoint')
    .description(
      'Have the log signed as it stands now, and print the signed checkpoint (C2SP tlog-checkpoint).',
    )
    .option('--json', 'one JSON document instead of the signed note')
    .addHelpText(
      'after',
      `
A worker signs; where the system is comes from ORGEID_TEMPORAL_ADDRESS and ORGEID_TASK_QUEUE. Keep what is printed where the
operators of the system cannot reach it: whoever has it can show later that the log goes on from it.

Exit code: 0 signed, or nothing new to sign · 1 failed, also when the log is not the one that was signed before · 2 bad input`,
    )
    .action(async (options) => {
      const { runCheckpoint } = await import('../../audit/checkpoint.ts');
      process.exitCode = await runCheckpoint(options);
    });
