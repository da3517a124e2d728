import type pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import { lastCheckpoint } from '../../store/checkpoints.ts';
import { storedTree } from '../../store/tree.ts';
import { inclusionProof } from '../../transparency/proofs.ts';
import { formatTlogProof } from '../../transparency/tlogProof.ts';

/**
 * Proof that the event at a position is in the log that was signed last, as a C2SP tlog-proof.
 *
 * @throws DomainError EID_ERR_CHECKPOINT_MISSING when nothing so far is signed
 */
export async function proofOf(pool: pg.Pool, position: number): Promise<string> {
  const last = await lastCheckpoint(pool);
  if (!last || last.size < position)
    throw new DomainError('EID_ERR_CHECKPOINT_MISSING', { position, signed: last?.size ?? 0 });
  const index = position - 1;
  const path = await inclusionProof(storedTree(pool).subtrees, index, last.size);
  return formatTlogProof({ index, path, checkpoint: last.note });
}
