import type { Queryable } from './pool.ts';

/** What a run of the Schedule found; `summary` and `discrepancies` as audit/reconcile has them. Instants are ISO 8601 UTC. */
export type KeptReconciliation<Summary = unknown, Discrepancy = unknown> = {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Position of the log when the run began. */
  readonly head: number;
  readonly differences: number;
  readonly summary: Summary;
  /** The first ones. */
  readonly discrepancies: readonly Discrepancy[];
};

/** Keeps the result of a run, for good. */
export async function keepReconciliation(db: Queryable, kept: KeptReconciliation): Promise<void> {
  const { startedAt, finishedAt, head, differences, summary, discrepancies } = kept;
  await db.query(
    `insert into orgeid.audit_reconciliations (started_at, finished_at, head, differences, summary, discrepancies)
     values ($1, $2, $3, $4, $5, $6)`,
    [startedAt, finishedAt, head, differences, JSON.stringify(summary), JSON.stringify(discrepancies)],
  );
}

/** The latest result; undefined before the first run has ended. */
export async function lastReconciliation<Summary, Discrepancy>(
  db: Queryable,
): Promise<KeptReconciliation<Summary, Discrepancy> | undefined> {
  const { rows } = await db.query<{
    started_at: Date;
    finished_at: Date;
    head: string;
    differences: number;
    summary: Summary;
    discrepancies: Discrepancy[];
  }>(
    `select started_at, finished_at, head, differences, summary, discrepancies
     from orgeid.audit_reconciliations order by id desc limit 1`,
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at.toISOString(),
    head: Number(row.head),
    differences: row.differences,
    summary: row.summary,
    discrepancies: row.discrepancies,
  };
}
