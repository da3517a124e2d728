import { DomainError } from '../domain/error.ts';
import type { Policy } from '../schemas/policy.ts';
import { canonical } from './body.ts';
import { sha256Of } from './digest.ts';
import type { Queryable } from './pool.ts';

/**
 * Installs a policy version. A version never changes: the same content again does nothing.
 *
 * @returns SHA-256 of its canonical JSON, lower-case hex
 * @throws DomainError `EID_ERR_POLICY_INVALID` when the version is installed with other content
 */
export async function putPolicy(db: Queryable, policy: Policy): Promise<string> {
  const sha256 = sha256Of(policy);
  await db.query(
    'insert into orgeid.policies (version, body, sha256) values ($1, $2, $3) on conflict (version) do nothing',
    [policy.version, canonical(policy), sha256],
  );
  const { rows } = await db.query<{ sha256: string }>(
    'select sha256 from orgeid.policies where version = $1',
    [policy.version],
  );
  if (rows[0]?.sha256 === sha256) return sha256;
  throw new DomainError('EID_ERR_POLICY_INVALID', {
    version: policy.version,
    reason: 'this version is installed with other content; give the new content a new version',
    installed: rows[0]?.sha256,
    offered: sha256,
  });
}

/**
 * A policy version as it was installed.
 *
 * @throws DomainError `EID_ERR_POLICY_UNKNOWN`; `EID_ERR_POLICY_INVALID` when the stored content no longer matches its digest
 */
export async function getPolicy(db: Queryable, version: string): Promise<Policy> {
  const { rows } = await db.query<{ body: Policy; sha256: string }>(
    'select body, sha256 from orgeid.policies where version = $1',
    [version],
  );
  const row = rows[0];
  if (!row) throw new DomainError('EID_ERR_POLICY_UNKNOWN', { version });
  if (sha256Of(row.body) !== row.sha256)
    throw new DomainError('EID_ERR_POLICY_INVALID', { version, reason: 'the stored content was changed' });
  return row.body;
}

/** Every installed version with its digest, in the order in which they were installed. */
export async function listPolicies(
  db: Queryable,
): Promise<readonly { readonly version: string; readonly sha256: string }[]> {
  const { rows } = await db.query<{ version: string; sha256: string }>(
    'select version, sha256 from orgeid.policies order by installed_at, version',
  );
  return rows;
}
