import { Command, Option } from 'commander';

/** `orgeid token`: a token of the embedded identity provider, to try the API from a terminal. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('Sign a demo person in at the embedded identity provider and print the access token.')
    .argument('<person>', 'id of the person, as "orgeid start" lists them')
    .addOption(
      new Option('--issuer <url>', 'the provider').env('ORGEID_OIDC_ISSUER').default('http://127.0.0.1:8081'),
    )
    .addOption(
      new Option('--audience <uri>', 'the API that the token is for')
        .env('ORGEID_OIDC_AUDIENCE')
        .default('urn:orgeid:api'),
    )
    .addHelpText(
      'after',
      `
Example:
  curl -H "authorization: Bearer $(npx orgeid token officer-c06-1)" "http://127.0.0.1:8080/v1/inbox?view=unit"`,
    )
    .action(async (person: string, options: { issuer: string; audience: string }) => {
      const { printToken } = await import('../token.ts');
      await printToken(person, options);
    });
}
