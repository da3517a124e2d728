import type { CaseSources } from '../client/cases.ts';
import { pin } from '../policies/pin.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import { getPolicy } from '../store/policy.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';

/**
 * Policies and streams as a client of cases needs them, read from PostgreSQL and kept: a version never changes.
 * @throws DomainError EID_ERR_POLICY_UNKNOWN when the current version is not in the database
 */
export async function caseSources(db: Queryable, currentVersion: string): Promise<CaseSources> {
  const known = new Map<string, CasePolicy>();

  async function policy(version: string): Promise<CasePolicy> {
    const kept = known.get(version) ?? pin(await getPolicy(db, version));
    known.set(version, kept);
    return kept;
  }

  return {
    currentPolicy: await policy(currentVersion),
    policy,
    async standing(stream) {
      const { rows } = await db.query<{ version: number; policyVersion: string }>({
        name: 'standing',
        text: 'select version, policy_version as "policyVersion" from orgeid.cases where stream = $1',
        values: [stream],
      });
      return rows[0];
    },
    async done(stream, commandId) {
      return (await findCommand(db, stream, commandId)).at(-1)?.version;
    },
  };
}
