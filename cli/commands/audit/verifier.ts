import { Command } from 'commander';

/** `orgeid audit verifier`: the verifier as one file. */
export const verifierPart = (): Command =>
  new Command('verifier')
    .description('Write the verifier of bundles as one file that needs nothing but Node.')
    .requiredOption('--out <file>', 'where to, for example orgeid-verify.mjs')
    .addHelpText(
      'after',
      '\nExample:\n  orgeid audit verifier --out orgeid-verify.mjs && node orgeid-verify.mjs 0001.bundle',
    )
    .action(async (options) => {
      const { runVerifierBuild } = await import('../../audit/verifier.ts');
      await runVerifierBuild(options);
    });
