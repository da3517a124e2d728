import process from 'node:process';
import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';

/** `orgeid access-history`: who read or did what, for whoever keeps the system. */
export function accessHistoryCommand(): Command {
  const history = new Command('access-history')
    .description('Who read or did what: check that it is whole, remove what need not be kept.')
    .action(() => {
      throw new DomainError('EID_ERR_USAGE', { reason: 'orgeid access-history verify or prune' });
    });
  for (const part of [verify(), prune()])
    history.addCommand(part.exitOverride().configureOutput({ writeErr: () => {} }));
  return history;
}

const verify = () =>
  new Command('verify')
    .description('Read the whole history and name every entry that was altered, removed or inserted.')
    .option(
      '--noted <file>',
      'the verdict (JSON) of an earlier check: the history must still pass through it',
    )
    .option('--json', 'the verdict as one JSON document; keep it where the database cannot reach')
    .addHelpText(
      'after',
      `
The database is the one of ORGEID_POSTGRES_AUDITOR_URL, or else of ORGEID_POSTGRES_URL. Nothing is changed.

Exit code: 0 whole · 1 failed · 2 bad input · 3 something was altered, removed or inserted

Example:
  orgeid access-history verify --json > verdict.json
  orgeid access-history verify --noted verdict.json`,
    )
    .action(async (options) => {
      const { runVerify } = await import('../access-history/run.ts');
      process.exitCode = await runVerify(options);
    });

const prune = () =>
  new Command('prune')
    .description('Remove the months that the policy need not keep; the rest stays verifiable.')
    .requiredOption('--before <instant>', 'removes what was recorded before this instant, ISO 8601')
    .option('--json', 'one JSON document instead of text')
    .addHelpText(
      'after',
      '\nOnly the owner of the database may: ORGEID_POSTGRES_MIGRATOR_URL, or else ORGEID_POSTGRES_URL.',
    )
    .action(async (options) => {
      const { runPrune } = await import('../access-history/run.ts');
      await runPrune(options);
    });
