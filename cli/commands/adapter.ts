import process from 'node:process';
import { Command, Option } from 'commander';
import { DomainError } from '../../domain/error.ts';
import { registryNames } from './registryNames.ts';

const DATABASE =
  '\nThe database is the one of ORGEID_POSTGRES_URL. Only its owner admits and revokes: ORGEID_POSTGRES_MIGRATOR_URL, where it is set.';

/** `orgeid adapter`: for whoever connects a registry, and whoever lets it in. */
export function adapterCommand(): Command {
  const adapter = new Command('adapter')
    .description(
      'Adapters of registries: check one, run one from a configuration, admit and revoke their keys.',
    )
    .action(() => {
      throw new DomainError('EID_ERR_USAGE', {
        reason: 'orgeid adapter check, bridge, add, list, revoke or config',
      });
    });
  for (const part of [check(), bridge(), add(), list(), revoke(), config()]) {
    adapter.addCommand(part.exitOverride().configureOutput({ writeErr: () => {} }));
  }
  return adapter;
}

const check = () =>
  new Command('check')
    .description('Run the conformance check on an adapter in any language; docs/guides/adapter-check.md.')
    .addOption(
      new Option('--party <registry>', 'which registry the adapter speaks for')
        .choices(registryNames)
        .makeOptionMandatory(),
    )
    .option('--known <code>', 'a record that the registry holds')
    .option('--unknown <code>', 'a record that it does not hold')
    .option('--cases <file>', 'both, and records that are refused or unavailable, as JSON')
    .option(
      '--run <command>',
      'start the adapter with this command, so that it can be ended in the middle too',
    )
    .option('--nats <url>', 'check on this NATS server, of yours, instead of one that is started here')
    .option('--seed-file <file>', 'with --nats: the seed of the adapter’s own key')
    .option('--only <names>', 'run these items only, separated by commas')
    .option('--timeout <seconds>', 'how long one answer may take', '10')
    .option('--start <seconds>', 'how long the adapter may take until it answers first', '60')
    .option('--burst <number>', 'how many queries at once', '200')
    .option('--json', 'one JSON document instead of text')
    .addHelpText(
      'after',
      `
The adapter reads ORGEID_NATS_URL, ORGEID_NATS_SEED_FILE and ORGEID_PARTY from its environment; without --run they are printed.
No other adapter or gateway may be on the same server.

Exit code: 0 no item failed · 1 an item failed · 2 bad input

Examples:
  orgeid adapter check --party TAX --known 9000000001 --unknown 9999999999 --run "python adapter.py"
  orgeid adapter check --party TAX --cases cases.json --nats nats://127.0.0.1:4222 --json`,
    )
    .action(async (options) => {
      const { runCheck } = await import('../adapter/check/run.ts');
      process.exitCode = await runCheck(options);
    });

const bridge = () =>
  new Command('bridge')
    .description(
      'Run an adapter for a registry with an HTTP API, from a configuration; docs/guides/adapter-bridge.md.',
    )
    .requiredOption('--config <file>', 'YAML or JSON')
    .addHelpText(
      'after',
      '\nThe environment is that of every adapter: ORGEID_NATS_URL, ORGEID_NATS_SEED_FILE, ORGEID_ADAPTER_PORT.',
    )
    .action(async ({ config }: { readonly config: string }) => {
      const { serveBridge } = await import('../../registries/bridge/serve.ts');
      await serveBridge(config);
    });

const dataFolder = () =>
  new Option(
    '--data <folder>',
    'the folder of a run of "orgeid start", whose NATS server then counts with it',
  );

const add = () =>
  new Command('add')
    .description('Admit a key with which an adapter connects; docs/guides/adapter-credentials.md.')
    .argument('<party>', 'BUSINESS, COOPERATIVE, TAX, POPULATION, a channel, or a relying service')
    .requiredOption('--name <text>', 'whose it is, for people')
    .option('--key <key>', 'the public nkey (U…) that the adapter’s owner made')
    .option('--seed-file <file>', 'make a new pair, and write its seed into this new file')
    .addOption(dataFolder())
    .option('--json', 'one JSON document instead of text')
    .addHelpText('after', DATABASE)
    .action(async (party, options) => {
      const { runAdd } = await import('../adapter/keys/run.ts');
      await runAdd(party, options);
    });

const list = () =>
  new Command('list')
    .description('Every key that was admitted, revoked ones too.')
    .option('--json', 'one JSON document instead of text')
    .addHelpText('after', DATABASE)
    .action(async (options) => {
      const { runList } = await import('../adapter/keys/run.ts');
      await runList(options);
    });

const revoke = () =>
  new Command('revoke')
    .description('Revoke the keys of a party; what it sends from then on is not taken.')
    .argument('<party>', 'which')
    .option('--key <key>', 'only this one')
    .addOption(dataFolder())
    .option('--json', 'one JSON document instead of text')
    .addHelpText('after', DATABASE)
    .action(async (party, options) => {
      const { runRevoke } = await import('../adapter/keys/run.ts');
      await runRevoke(party, options);
    });

const config = () =>
  new Command('config')
    .description('Print the users of the NATS servers and what each may do.')
    .option('--out <file>', 'write them into the file that nats.conf includes')
    .option('--rehearsal', 'mock parties may be commanded; never where real registries answer')
    .addHelpText('after', DATABASE)
    .action(async (options) => {
      const { runConfig } = await import('../adapter/keys/run.ts');
      await runConfig(options);
    });
