import { table } from '../../demo/tables.ts';
import type { Finding, StatusFinding } from '../../store/reconciliation.ts';
import type { Reconciliation } from '../../store/reconciliationReport.ts';
import type { OutputLanguage } from '../output.ts';

type Row = readonly [account: string, what: string, ours: string, theirs: string, why: string];

/** 3 when something differs, else 1 when the registry did not answer for some, else 0. */
export function exitCodeFor({ totals }: Pick<Reconciliation, 'totals'>): 0 | 1 | 3 {
  if (totals.differences > 0) return 3;
  return totals.unanswered > 0 ? 1 : 0;
}

/** What differs as a table, and the totals. */
export function reportLines(found: Reconciliation, language: OutputLanguage): string[] {
  const { run, registry, totals, policyVersion } = found;
  const rows = found.findings.flatMap(({ account, finding }) => rowsOf(account, finding, language));
  const { accounts, agree, differ, notFound, unanswered, notAsked, differences } = totals;
  return [
    ...(rows.length > 0 ? [table(['account', 'what', 'ours', registry, 'why'], rows), ''] : []),
    `Run ${run} under policy ${policyVersion}: ${accounts} accounts.`,
    `${agree} agree, ${differ} differ, ${notFound} not found, ${unanswered} not answered, ${notAsked} not asked; ${differences} differences.`,
  ];
}

const NONE = '–';

function rowsOf(stream: string, finding: Finding, language: OutputLanguage): Row[] {
  const account = stream.slice('account-'.length);
  switch (finding.outcome) {
    case 'AGREES':
    case 'NOT_ASKED':
      return [];
    case 'NOT_FOUND':
      return [[account, 'NOT_FOUND', NONE, NONE, finding.reference]];
    case 'UNANSWERED':
      return [[account, 'UNANSWERED', NONE, NONE, finding.detail]];
    case 'DIFFERS': {
      const { status, fields } = finding;
      const differing = fields.filter(({ result }) => result === 'DIFFERENT');
      return [
        ...(status.result === 'SAME' ? [] : [statusRow(account, status)]),
        ...differing.map(
          ({ field, ours, theirs, why }): Row => [
            account,
            field,
            ours ?? NONE,
            theirs ?? NONE,
            why[language],
          ],
        ),
      ];
    }
  }
}

const statusRow = (account: string, { result, ours, theirs }: StatusFinding): Row => [
  account,
  'status',
  ours ?? NONE,
  theirs,
  result,
];
