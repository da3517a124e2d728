import { pin } from '../policies/pin.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import { getPolicy } from './policy.ts';
import type { Queryable } from './pool.ts';
import { findCommand } from './read.ts';

/**
 * Policies and streams as a client of cases needs them, read from PostgreSQL and kept: a version never changes.
 * @throws DomainError EID_ERR_POLICY_UNKNOWN when the current version is not in the database
 */
export async function caseSources(db: Queryable, currentVersion: string) {
  const known = new Map<string, CasePolicy>();

  async function policy(version: string): Promise<CasePolicy> {
    const kept = known.get(version) ?? pin(await getPolicy(db, version));
    known.set(version, kept);
    return kept;
  }

  return {
    currentPolicy: await policy(currentVersion),
    policy,
    async standing(stream: string) {
      const { rows } = await db.query<{ version: number; policyVersion: string }>({
        name: 'standing',
        text: 'select version, policy_version as "policyVersion" from orgeid.cases where stream = $1',
        values: [stream],
      });
      return rows[0];
    },
    async done(stream: string, commandId: string) {
      return (await findCommand(db, stream, commandId)).at(-1)?.version;
    },
  };
}
