import type { CaseType } from '../schemas/case.ts';
import type { Queryable } from './pool.ts';

/**
 * Why an open case needs a look:
 * - `NOBODY`: nothing and nobody is waited for, and no deadline is set;
 * - `DEADLINE_PASSED`: its deadline passed longer ago than the grace, and nothing happened;
 * - `NEVER_SWEPT`: it reached its version longer ago than the grace, and nobody has looked whether its workflow knows.
 */
export type UnattendedReason = 'NOBODY' | 'DEADLINE_PASSED' | 'NEVER_SWEPT';

/** `since`: when it was last written, or when its deadline was. ISO 8601 UTC. */
export type Unattended = {
  readonly stream: string;
  readonly type: CaseType;
  readonly version: number;
  readonly reason: UnattendedReason;
  readonly since: string;
};

const COLUMNS = 'stream, type, version';

/** Open cases that need a look, the longest waiting first, each once, with its gravest reason. `now`: epoch ms. */
export async function findUnattended(
  db: Queryable,
  { now, graceMs, limit }: { readonly now: number; readonly graceMs: number; readonly limit: number },
): Promise<Unattended[]> {
  const { rows } = await db.query<Omit<Unattended, 'since'> & { since: Date }>({
    name: 'unattended',
    text: `select ${COLUMNS}, reason, since from (
        select distinct on (stream) * from (
          (select ${COLUMNS}, updated_at as since, 'NOBODY' as reason, 1 as rank from orgeid.cases
            where not closed and waits = '[]' and next_deadline_at is null
            order by updated_at, stream limit $2)
          union all
          (select ${COLUMNS}, next_deadline_at, 'DEADLINE_PASSED', 2 from orgeid.cases
            where not closed and next_deadline_at < $1
            order by next_deadline_at, stream limit $2)
          union all
          (select ${COLUMNS}, updated_at, 'NEVER_SWEPT', 3 from orgeid.cases
            where not closed and version > swept_version and updated_at < $1
            order by updated_at, stream limit $2)
        ) found order by stream, rank
      ) once order by since, stream limit $2`,
    values: [new Date(now - graceMs), limit],
  });
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
}

/** Notes that a case was seen attended at a version. */
export async function markSwept(db: Queryable, stream: string, version: number): Promise<void> {
  await db.query({
    name: 'swept',
    text: 'update orgeid.cases set swept_version = $2 where stream = $1 and swept_version < $2',
    values: [stream, version],
  });
}
