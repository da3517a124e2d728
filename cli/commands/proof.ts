import process from 'node:process';
import { Command, Option } from 'commander';
import { DomainError } from '../../domain/error.ts';

const keysFolder = () =>
  new Option('--keys <folder>', 'folder of the key ring').env('ORGEID_KEYS_DIR').makeOptionMandatory();

/** `orgeid proof`: proofs of registration, for whoever issues them and for the desk that checks them. */
export function proofCommand(): Command {
  const proof = new Command('proof')
    .description('Proofs of registration: issue and draw them, check them without a network, keep the keys.')
    .action(() => {
      throw new DomainError('EID_ERR_USAGE', { reason: 'orgeid proof keys, rotate, show or verify' });
    });
  for (const part of [keys(), rotate(), show(), verify()]) {
    proof.addCommand(part.exitOverride().configureOutput({ writeErr: () => {} }));
  }
  return proof;
}

const keys = () =>
  new Command('keys')
    .description('Print the key set to publish (JWKS); makes the key ring when there is none.')
    .addOption(keysFolder())
    .option('--issuer <name>', 'who issues, in a ring that is made now: a URI')
    .action(async (options) => {
      const { runKeys } = await import('../proof/keys.ts');
      await runKeys(options);
    });

const rotate = () =>
  new Command('rotate')
    .description(
      'The next key signs from now on; the one that signed stays published until its proofs are over.',
    )
    .addOption(keysFolder())
    .option('--lead <seconds>', 'rotate only if the next key has been published for as long as this')
    .option('--leaked', 'others may hold the private keys: make all anew, publish none of the old ones')
    .option('--json', 'one JSON document instead of text')
    .action(async (options) => {
      const { runRotate } = await import('../proof/keys.ts');
      await runRotate(options);
    });

const show = () =>
  new Command('show')
    .description('Issue the proof of an account to its owner and draw it as a QR code.')
    .requiredOption('--number <number>', 'identification number of the organisation')
    .requiredOption('--holder <id>', 'who shows it: the head or authorised person who owns the account')
    .addOption(keysFolder())
    .option('--svg <file>', 'write the QR code into a file instead of drawing it here')
    .option('--json', 'one JSON document with the token instead of a drawing')
    .addHelpText(
      'after',
      `
The account is read from PostgreSQL at ORGEID_POSTGRES_URL. Nobody is asked who they are: this is for a place that has done so.`,
    )
    .action(async (options) => {
      const { runShow } = await import('../proof/show.ts');
      await runShow(options);
    });

const verify = () =>
  new Command('verify')
    .description('Check a proof with a published key set: no network, no database.')
    .argument('[token]', 'the proof; without it the first line of standard input, as a QR scanner types it')
    .requiredOption('--jwks <file>', 'the published key set')
    .option('--at <instant>', 'the moment to check for (ISO 8601 with a zone); now when absent')
    .option('--tolerance <seconds>', 'how far the clocks of desk and issuer may differ', '0')
    .option('--json', 'one JSON document instead of text')
    .addHelpText(
      'after',
      `
Exit code: 0 accepted · 1 refused, with the reason · 2 bad input

Examples:
  orgeid proof verify --jwks jwks.json < scanner
  orgeid proof verify --jwks jwks.json eyJhbGciOi… --json`,
    )
    .action(async (token: string | undefined, options) => {
      const { runVerify } = await import('../proof/verify.ts');
      process.exitCode = await runVerify(token, options);
    });
