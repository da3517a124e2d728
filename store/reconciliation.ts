import type { AccountState } from '../schemas/account.ts';
import type { OrganisationCategory } from '../schemas/enums.ts';
import type { Explanation, MatchBand } from '../schemas/matching.ts';
import type { RecordField, Registry, RegistryStatus } from '../schemas/registry.ts';
import type { Queryable } from './pool.ts';

/** One field of an account beside a registry's. Personal numbers are masked. `NOT_HELD`: one side has no value. */
export type FieldFinding = {
  readonly field: RecordField;
  readonly result: 'SAME' | 'DIFFERENT' | 'NOT_HELD';
  readonly ours?: string;
  /** Whose word our value is: a registry's or the dossier's. */
  readonly source?: string;
  readonly theirs?: string;
  readonly band: MatchBand;
  readonly why: Explanation;
};

/**
 * The registry's word on the organisation's life beside our grounds. `NOT_LOCKED`: it reports an end for which we do not
 * lock; `STILL_LOCKED`: we lock on its word, and it reports no end.
 */
export type StatusFinding = {
  readonly result: 'SAME' | 'NOT_LOCKED' | 'STILL_LOCKED';
  readonly theirs: RegistryStatus;
  /** What it last published. */
  readonly ours?: RegistryStatus;
};

/** Why an account was not put to the registry. */
export type NotAsked = 'CATEGORY' | 'FOREIGN' | 'NO_KEY';

/** What comparing one account with a registry gave. `UNANSWERED` says nothing about the account. */
export type Finding =
  | {
      readonly outcome: 'AGREES' | 'DIFFERS';
      readonly reference: string;
      readonly status: StatusFinding;
      readonly fields: readonly FieldFinding[];
    }
  | { readonly outcome: 'NOT_FOUND'; readonly reference: string }
  | { readonly outcome: 'UNANSWERED'; readonly attempts: number; readonly detail: string }
  | { readonly outcome: 'NOT_ASKED'; readonly why: NotAsked };

/** An account's row. A state that was written long ago may lack what was added since. */
export type AccountRow = {
  readonly account: string;
  readonly version: number;
  readonly state: Partial<AccountState>;
  /** That of its request, where the account does not say. */
  readonly category?: OrganisationCategory;
};

export type RunOfRegistry = { readonly run: string; readonly joined: boolean };

/** Opens a run of a registry, or joins the one that is going on. The run is named after the registry and the time. */
export async function openRun(
  db: Queryable,
  registry: Registry,
  policyVersion: string,
  now: number,
): Promise<RunOfRegistry> {
  const run = `${registry}-${new Date(now).toISOString().replace(/[-:.]/g, '')}`;
  for (;;) {
    const opened = await db.query(
      `insert into orgeid.reconciliations (run, registry, policy_version) values ($1, $2, $3)
       on conflict do nothing`,
      [run, registry, policyVersion],
    );
    if (opened.rowCount === 1) return { run, joined: false };
    const { rows } = await db.query<{ run: string }>(
      'select run from orgeid.reconciliations where registry = $1 and (finished_at is null or run = $2)',
      [registry, run],
    );
    if (rows[0]) return { run: rows[0].run, joined: true };
  }
}

/** Says that a run has compared every account; the first time counts. */
export async function finishRun(db: Queryable, run: string): Promise<void> {
  await db.query(
    `update orgeid.reconciliations set finished_at = clock_timestamp()
     where run = $1 and finished_at is null`,
    [run],
  );
}

const ACCOUNT = `c.stream as account, c.version, c.state,
  coalesce(c.state ->> 'category', r.state #>> '{dossier,organisation,category}') as category
  from orgeid.cases c left join orgeid.cases r on r.stream = c.state ->> 'request'`;

type Row = Omit<AccountRow, 'category'> & { readonly category: OrganisationCategory | null };

const toAccount = ({ category, ...row }: Row): AccountRow => (category === null ? row : { ...row, category });

/** Open accounts after one, in the order of their streams, that the run has not compared yet. */
export async function accountsAfter(
  db: Queryable,
  run: string,
  after: string,
  limit: number,
): Promise<AccountRow[]> {
  const { rows } = await db.query<Row>({
    name: 'reconcile-accounts',
    text: `select ${ACCOUNT}
      where c.type = 'account' and not c.closed and c.stream > $2 and not exists (
        select from orgeid.reconciliation_findings f where f.run = $1 and f.account = c.stream)
      order by c.stream limit $3`,
    values: [run, after, limit],
  });
  return rows.map(toAccount);
}

export async function readAccount(db: Queryable, account: string): Promise<AccountRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'reconcile-account',
    text: `select ${ACCOUNT} where c.stream = $1`,
    values: [account],
  });
  return rows[0] && toAccount(rows[0]);
}

/** How many things differ. A record that is not found is one; what was not asked or not answered is none. */
export function differencesIn(finding: Finding): number {
  switch (finding.outcome) {
    case 'AGREES':
    case 'DIFFERS':
      return (
        finding.fields.filter(({ result }) => result === 'DIFFERENT').length +
        (finding.status.result === 'SAME' ? 0 : 1)
      );
    case 'NOT_FOUND':
      return 1;
    case 'UNANSWERED':
    case 'NOT_ASKED':
      return 0;
  }
}

/** Writes what a run found of an account; the first finding stands. */
export async function putFinding(
  db: Queryable,
  run: string,
  { account, version }: Pick<AccountRow, 'account' | 'version'>,
  finding: Finding,
): Promise<void> {
  await db.query({
    name: 'reconcile-finding',
    text: `insert into orgeid.reconciliation_findings (run, account, version, outcome, differences, finding)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    values: [run, account, version, finding.outcome, differencesIn(finding), JSON.stringify(finding)],
  });
}
