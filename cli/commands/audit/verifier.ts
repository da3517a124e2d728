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
      const { buildVerifier } = await import('../../../audit/verifier/build.ts');
      await buildVerifier(options.out);
    });
