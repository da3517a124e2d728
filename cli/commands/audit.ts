import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';
import { checkpointCommand } from './audit/checkpoint.ts';
import { exportCommand } from './audit/export.ts';
import { keysCommand } from './audit/keys.ts';
import { proofCommand } from './audit/proof.ts';
import { rebuildCommand } from './audit/rebuild.ts';
import { verifierCommand } from './audit/verifier.ts';
import { verifyCommand } from './audit/verify.ts';
import { witnessCommand } from './audit/witness.ts';

/** The parts of `orgeid audit`, one file each in commands/audit/. */
const parts: readonly (() => Command)[] = [
  checkpointCommand,
  exportCommand,
  verifyCommand,
  verifierCommand,
  keysCommand,
  proofCommand,
  witnessCommand,
  rebuildCommand,
];

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
