import { Command, Option } from 'commander';
import { registryNames } from './registryNames.ts';

/** `orgeid registries`: who waits for which registry, and how each does. */
export function registriesCommand(): Command {
  return new Command('registries')
    .description('How each registry does: who waits for it, how fast it answers, how often it fails.')
    .addOption(
      new Option(
        '--questions <registry>',
        'list the questions to it for which a request waits, the oldest first',
      ).choices(registryNames),
    )
    .option('--json', 'one JSON document instead of text')
    .addHelpText(
      'after',
      '\nThe database is the one of ORGEID_POSTGRES_URL. Numbers are of the last 24 hours.',
    )
    .action(async (options) => {
      const { runRegistries } = await import('../registries/run.ts');
      await runRegistries(options);
    });
}
