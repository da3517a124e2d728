import { Command } from 'commander';

type Options = {
  readonly data: string;
  readonly ui: boolean;
  readonly listen: string;
  readonly identityPort: string;
};

/** `orgeid start`: the whole system on this machine, until stopped; its data stay. */
export function startCommand(): Command {
  return new Command('start')
    .description('Run the whole system on this machine until stopped; its data stay for the next start.')
    .option('--data <folder>', 'where the data are kept', '.orgeid/data')
    .option('--listen <host:port>', 'where the API listens; port 0 takes a free one', '127.0.0.1:8080')
    .option('--identity-port <port>', 'port of the embedded identity provider; 0 takes a free one', '8081')
    .option('--no-ui', 'without Temporal’s web page')
    .action(async ({ data, ui, listen, identityPort }: Options) => {
      const { start } = await import('../start.ts');
      await start({ dataDir: data, ui, listen, identityPort });
    });
}
