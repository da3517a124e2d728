import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { type Difference, refoldAll } from '../../store/refold.ts';
import type { Comparison, Discrepancy } from './discrepancy.ts';

/** Columns whose values say nothing about a person; of the others only the name is told. */
const TOLD: ReadonlySet<string> = new Set([
  'type',
  'version',
  'status',
  'closed',
  'overdue',
  'due_at',
  'next_deadline_at',
]);

/** Every row of the read models that is not what the log folds to. */
export async function* compareReadModels(pool: pg.Pool): Comparison {
  let rows = 0;
  for await (const difference of refoldAll(pool, projections)) {
    // The log itself lacks a version: LOG says so.
    if (difference.what === 'VERSIONS') continue;
    rows += 1;
    yield discrepancyOf({ ...difference, what: difference.what });
  }
  return { differingRows: rows };
}

/** A difference of a refold as a discrepancy, without what may be personal. */
export function discrepancyOf(
  difference: Difference & { readonly what: Exclude<Difference['what'], 'VERSIONS'> },
): Discrepancy {
  const { stream, what, key, expected, found } = difference;
  const told = what === 'COUNT' || (what === 'CASE' && TOLD.has(key));
  return {
    source: 'READ_MODEL',
    kind: `${what}_DIFFERS`,
    detail: `${what.toLowerCase()} ${key}: ${saidOf(expected, found)}`,
    ...(stream === '' ? {} : { stream }),
    ...(told ? { expected, found } : {}),
  };
}

function saidOf(expected: unknown, found: unknown): string {
  if (found === undefined || found === null) return 'the log gives one, and there is none';
  if (expected === undefined || expected === null) return 'there is one, and the log gives none';
  return 'not what the log gives';
}
