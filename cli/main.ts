import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { DomainError } from '../domain/error.ts';
import { accessHistoryCommand } from './commands/access-history.ts';
import { adapterCommand } from './commands/adapter.ts';
import { auditCommand } from './commands/audit.ts';
import { deadlineCommand } from './commands/deadline.ts';
import { demoCommand } from './commands/demo.ts';
import { matchCommand } from './commands/match.ts';
import { proofCommand } from './commands/proof.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { registriesCommand } from './commands/registries.ts';
import { registryCommand } from './commands/registry.ts';
import { renewCommand } from './commands/renew.ts';
import { serveCommand } from './commands/serve.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { exitCodeOf, printError } from './errors.ts';

/** The commands of `orgeid`, one line each. A command loads what it needs inside its action, so that all start fast. */
const commands: readonly (() => Command)[] = [
  demoCommand,
  startCommand,
  serveCommand,
  tokenCommand,
  deadlineCommand,
  matchCommand,
  reconcileCommand,
  renewCommand,
  registryCommand,
  registriesCommand,
  proofCommand,
  accessHistoryCommand,
  auditCommand,
  adapterCommand,
];

/** The program with all its commands; it throws where commander would end the process. */
export function program(): Command {
  const root = new Command('orgeid').description(
    'Electronic identification accounts of organisations: the rules as tools, and the system itself.',
  );
  for (const command of commands) root.addCommand(command());
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  return root;
}

/**
 * Runs one command line.
 *
 * @param args without the program's own name
 * @returns exit code: 0 done, 1 failed or done in part, 2 bad input
 */
export async function main(args: readonly string[]): Promise<number> {
  const root = program();
  try {
    if (args.length === 0) {
      process.stderr.write(root.helpInformation());
      return 2;
    }
    await root.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const told = error instanceof CommanderError ? usage(error) : error;
    printError(told, { json: args.includes('--json') });
    return exitCodeOf(told);
  }
}

const usage = (error: CommanderError) =>
  new DomainError('EID_ERR_USAGE', { reason: error.message.replace(/^error: /, '').replaceAll('\n', ' ') });
