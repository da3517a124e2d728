import type { Registry } from '../schemas/registry.ts';
import type { Queryable } from './pool.ts';
import type { Finding } from './reconciliation.ts';

/** Accounts by outcome, and the things that differ among all of them. */
export type ReconciliationTotals = {
  readonly accounts: number;
  readonly agree: number;
  readonly differ: number;
  readonly notFound: number;
  readonly unanswered: number;
  readonly notAsked: number;
  readonly differences: number;
};

/** A run and what it found. Instants are ISO 8601 UTC. */
export type Reconciliation = {
  readonly run: string;
  readonly registry: Registry;
  readonly policyVersion: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly totals: ReconciliationTotals;
  /** Accounts that differ, that the registry does not hold, or for which it did not answer; in order of their streams. */
  readonly findings: readonly { readonly account: string; readonly finding: Finding }[];
};

/** How many accounts a run has compared, of how many there are. */
export async function progressOf(
  db: Queryable,
  run: string,
): Promise<{ readonly done: number; readonly of: number }> {
  const { rows } = await db.query<{ done: number; of: number }>({
    name: 'reconcile-progress',
    text: `select (select count(*)::int from orgeid.reconciliation_findings where run = $1) as done,
      (select count(*)::int from orgeid.cases where type = 'account' and not closed) as of`,
    values: [run],
  });
  return rows[0] ?? { done: 0, of: 0 };
}

/** @throws Error when there is no such run */
export async function readReconciliation(db: Queryable, run: string): Promise<Reconciliation> {
  const { rows } = await db.query<{
    registry: Registry;
    policy_version: string;
    started_at: Date;
    finished_at: Date | null;
  }>('select registry, policy_version, started_at, finished_at from orgeid.reconciliations where run = $1', [
    run,
  ]);
  const head = rows[0];
  if (!head) throw new Error(`there is no run ${run}`);
  const findings = await db.query<{ account: string; finding: Finding }>(
    `select account, finding from orgeid.reconciliation_findings
     where run = $1 and outcome in ('DIFFERS', 'NOT_FOUND', 'UNANSWERED') order by account`,
    [run],
  );
  return {
    run,
    registry: head.registry,
    policyVersion: head.policy_version,
    startedAt: head.started_at.toISOString(),
    ...(head.finished_at === null ? {} : { finishedAt: head.finished_at.toISOString() }),
    totals: await totalsOf(db, run),
    findings: findings.rows,
  };
}

async function totalsOf(db: Queryable, run: string): Promise<ReconciliationTotals> {
  const { rows } = await db.query<{ outcome: Finding['outcome']; n: number; differences: number }>(
    `select outcome, count(*)::int as n, sum(differences)::int as differences
     from orgeid.reconciliation_findings where run = $1 group by outcome`,
    [run],
  );
  const of = (outcome: Finding['outcome']) => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    accounts: sum(({ n }) => n),
    agree: of('AGREES'),
    differ: of('DIFFERS'),
    notFound: of('NOT_FOUND'),
    unanswered: of('UNANSWERED'),
    notAsked: of('NOT_ASKED'),
    differences: sum(({ differences }) => differences),
  };
}
