import { Command } from 'commander';
import { asOption } from '../../audit/options.ts';

/** `orgeid audit proof`: that one event is in the signed log, in a form that others' tools read. */
export const proofPart = (): Command =>
  new Command('proof')
    .description('Print the proof that one event is in the signed log (C2SP tlog-proof).')
    .argument('<position>', 'position of the event in the log')
    .addOption(asOption())
    .addHelpText(
      'after',
      `
The entry of the tree is the event's hash of 32 bytes, as orgeid audit history and bundles name it. orgeid audit verify --event checks it.

Example:
  orgeid audit proof 17 --as 'Lê Thị Thanh' > 17.tlog-proof`,
    )
    .action(async (position: string, options) => {
      const { runProof } = await import('../../audit/proof.ts');
      await runProof(position, options);
    });
