import { keysIn } from '../../audit/checkpoint/make.ts';
import { DomainError } from '../../domain/error.ts';
import { readRing } from '../../transparency/ring.ts';
import type { Api } from '../context.ts';

/** The log's keys, with the secret one where this process may read it. @throws DomainError EID_ERR_UNAVAILABLE where the process has none */
export async function logKeys({ auditDir }: Pick<Api, 'auditDir'>) {
  const ring = auditDir === undefined ? undefined : await readRing(keysIn(auditDir));
  if (!ring || ring.keys.length === 0)
    throw new DomainError('EID_ERR_UNAVAILABLE', {
      why: 'no keys of the log: ORGEID_AUDIT_DIR is not set here, or nothing is signed yet',
    });
  return ring;
}
