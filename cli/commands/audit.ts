import { Command } from 'commander';
import { DomainError } from '../../domain/error.ts';
import { accountsPart } from './audit/accounts.ts';
import { checkpointPart } from './audit/checkpoint.ts';
import { diffPart } from './audit/diff.ts';
import { exportPart } from './audit/export.ts';
import { historyPart } from './audit/history.ts';
import { keysPart } from './audit/keys.ts';
import { knowledgePart } from './audit/knowledge.ts';
import { narrativePart } from './audit/narrative.ts';
import { proofPart } from './audit/proof.ts';
import { rebuildPart } from './audit/rebuild.ts';
import { reconcilePart } from './audit/reconcile.ts';
import { statePart } from './audit/state.ts';
import { verifierPart } from './audit/verifier.ts';
import { verifyPart } from './audit/verify.ts';
import { witnessPart } from './audit/witness.ts';

/** The parts of `orgeid audit`, one file each in commands/audit/. */
const parts: readonly (() => Command)[] = [
  historyPart,
  statePart,
  diffPart,
  knowledgePart,
  accountsPart,
  narrativePart,
  checkpointPart,
  exportPart,
  verifyPart,
  verifierPart,
  proofPart,
  keysPart,
  witnessPart,
  reconcilePart,
  rebuildPart,
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
