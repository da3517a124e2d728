import { Command } from 'commander';

/** `orgeid start`: the whole system on this machine, until stopped; its data stay. */
export function startCommand(): Command {
  return new Command('start')
    .description('Run the whole system on this machine until stopped; its data stay for the next start.')
    .option('--data <folder>', 'where the data are kept', '.orgeid/data')
    .option('--no-ui', 'without Temporal’s web page')
    .action(async ({ data, ui }: { data: string; ui: boolean }) => {
      const { start } = await import('../start.ts');
      await start({ dataDir: data, ui });
    });
}
