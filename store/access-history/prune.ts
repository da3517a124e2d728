import type pg from 'pg';
import { keptSince } from '../../domain/access-history/kept-since.ts';
import { DomainError } from '../../domain/error.ts';
import { toInstant } from '../../domain/time.ts';
import type { KeptFor } from '../../schemas/policy.ts';
import { verifyAccessHistory } from './verify.ts';

export type Pruning = {
  /** Removes what was recorded before this instant (ISO 8601). */
  readonly before: string;
  /** `accessHistoryKept` of the policy. */
  readonly kept: KeptFor;
  /** Epoch ms. */
  readonly now: number;
};

/** A part that was removed: the month of its name, its end, and how many entries it held. */
export type PrunedPart = { readonly part: string; readonly until: string; readonly entries: number };

/**
 * Removes the whole months that end at or before an instant; the chains go on from what is kept of them, their last hashes. All that
 * the policy keeps stays. Every entry is read first: a history that is broken is evidence, and nothing of it is removed.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `before` is no instant or the policy keeps what lies before it
 * @throws DomainError `EID_ERR_LOG_BROKEN` with `faults`
 */
export async function pruneAccessHistory(
  pool: pg.Pool,
  { before, kept, now }: Pruning,
): Promise<PrunedPart[]> {
  const since = keptSince(kept, now);
  if (!(Date.parse(before) <= since))
    throw new DomainError('EID_ERR_SHAPE', {
      field: 'before',
      reason: 'the policy keeps what lies before it',
      latest: toInstant(since),
    });
  const { rows: due } = await pool.query('select from orgeid.access_parts($1)', [before]);
  if (due.length === 0) return [];
  const { whole, faults, found } = await verifyAccessHistory(pool, { until: before });
  if (!whole) throw new DomainError('EID_ERR_LOG_BROKEN', { what: 'access history', found, faults });
  const { rows } = await pool.query<{ part: string; until: string; entries: string }>(
    'select part, orgeid.instant_us(until) as until, entries from orgeid.prune_access($1)',
    [before],
  );
  return rows.map(({ part, until, entries }) => ({ part, until, entries: Number(entries) }));
}
