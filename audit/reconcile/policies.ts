import { DomainError } from '../../domain/error.ts';
import { getPolicy } from '../../store/policy.ts';
import type { Queryable } from '../../store/pool.ts';
import type { Discrepancy } from './discrepancy.ts';

/** Each policy version that cases name is installed, and as it was installed. `named`: a version and the first case that names it. */
export async function* comparePolicies(
  db: Queryable,
  named: ReadonlyMap<string, string>,
): AsyncGenerator<Discrepancy> {
  for (const [version, stream] of named) {
    try {
      await getPolicy(db, version);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const unknown = error.code === 'EID_ERR_POLICY_UNKNOWN';
      yield {
        source: 'LOG',
        kind: unknown ? 'POLICY_UNKNOWN' : 'POLICY_CHANGED',
        detail: unknown
          ? `cases name policy ${version}, which is not installed`
          : `policy ${version} is not what was installed under its digest`,
        stream,
        expected: version,
      };
    }
  }
}
