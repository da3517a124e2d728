import process from 'node:process';
import { proofOf } from '../../audit/evidence/proofOf.ts';
import { DomainError } from '../../domain/error.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { recordedRead } from './recorded.ts';

/** Prints a tlog-proof. @throws DomainError EID_ERR_USAGE; as proofOf */
export async function runProof(text: string, options: AuditorOptions): Promise<void> {
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 1)
    throw new DomainError('EID_ERR_USAGE', { reason: 'a position counts from 1' });
  await asAuditor(async (pool) => {
    const proof = await recordedRead(pool, options, { question: { position } }, 'AUDIT', () =>
      proofOf(pool, position),
    );
    process.stdout.write(proof);
  });
}
