import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';
import { accountsPart } from './audit/accounts.ts';
import { checkpointCommand } from './audit/checkpoint.ts';
import { diffPart } from './audit/diff.ts';
import { exportCommand } from './audit/export.ts';
import { historyPart } from './audit/history.ts';
import { keysCommand } from './audit/keys.ts';
import { knowledgePart } from './audit/knowledge.ts';
import { narrativePart } from './audit/narrative.ts';
import { proofCommand } from './audit/proof.ts';
import { rebuildCommand } from './audit/rebuild.ts';
import { auditReconcileCommand } from './audit/reconcile.ts';
import { statePart } from './audit/state.ts';
import { verifierCommand } from './audit/verifier.ts';
import { verifyCommand } from './audit/verify.ts';
import { witnessCommand } from './audit/witness.ts';

/** The parts of `orgeid audit`, one file each in commands/audit/. */
const parts: readonly (() => Command)[] = [
  historyPart,
  statePart,
  diffPart,
  knowledgePart,
  accountsPart,
  narrativePart,
  checkpointCommand,
  exportCommand,
  verifyCommand,
  verifierCommand,
  proofCommand,
  keysCommand,
  witnessCommand,
  auditReconcileCommand,
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
