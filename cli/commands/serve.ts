import { Command, Option } from 'commander';

/** `orgeid serve`: one process of the API against engines that run elsewhere. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run one process of the API against the engines that the environment names, until stopped.')
    .addOption(
      new Option('--listen <host:port>', 'where to listen').env('ORGEID_LISTEN').default('127.0.0.1:8080'),
    )
    .addHelpText(
      'after',
      `
Needs ORGEID_POSTGRES_URL, ORGEID_TEMPORAL_ADDRESS, and who signs people in: ORGEID_OIDC_ISSUER and ORGEID_OIDC_AUDIENCE, or
ORGEID_IDENTITY_FILE (docs/guides/identity.md). The rest has defaults (api/environment.ts). SIGTERM ends it once what it took is answered.

Example:
  orgeid serve --listen 0.0.0.0:8080`,
    )
    .action(async ({ listen }: { listen: string }) => {
      const { serve } = await import('../serve.ts');
      await serve({ listen });
    });
}
