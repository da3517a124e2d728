import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';

/** The parts of `orgeid audit`, one file each in commands/audit/. */
const parts: readonly (() => Command)[] = [];

/** `orgeid audit`: what auditors do with the log, each part a command. */
export function auditCommand(): Command {
  const audit = new Command('audit')
    .description('Replay any request to any moment, prove that nothing was altered, and take the proof away.')
    .action(() => {
      const names = audit.commands.map((part) => part.name()).join(', ');
      throw new DomainError('EID_ERR_USAGE', { reason: `orgeid audit ${names}` });
    });
  for (const part of parts)
    audit.addCommand(
      part()
        .exitOverride()
        .configureOutput({ writeErr: () => {} }),
    );
  return audit;
}
