import { table } from '../tables.ts';
import type { AccountResult, AfterCounts } from './results.ts';

/** The accounts' stories, how others see each account in the end, and what came of them in numbers. */
export function accountTable(accounts: readonly AccountResult[], counts: AfterCounts): string {
  const rows = accounts.map(({ name, organisation, status, lacking }) => [
    name,
    organisation,
    status ?? '–',
    lacking.length === 0 ? 'yes' : 'NO',
  ]);
  const { locks, unlocks, registryChanges, proofsAccepted, proofsRefused } = counts;
  return [
    table(['Story', 'Organisation', 'Status', 'As expected'], rows),
    '',
    `${locks} locks, ${unlocks} unlocks, ${registryChanges} changes from registries; ` +
      `proofs of registration: ${proofsAccepted} accepted, ${proofsRefused} refused`,
  ].join('\n');
}
