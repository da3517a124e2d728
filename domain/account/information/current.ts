import type { KeptValue } from '../../../schemas/change.ts';
import type { RecordField, Registry } from '../../../schemas/registry.ts';
import { toMs } from '../../time.ts';

/** Where a change stands in its registry's own order of one record. */
export type Moment = { readonly changedAt: string; readonly revision: number };

/** Below zero when `a` is the earlier, zero when both are of the same moment. */
export const compareMoments = (a: Moment, b: Moment): number =>
  toMs(a.changedAt) - toMs(b.changedAt) || a.revision - b.revision;

/** Place of a source among those whose word counts for a field, the dossier after all of them; undefined: it does not count. */
export function rankOf(source: KeptValue['source'], sources: readonly Registry[]): number | undefined {
  if (source === 'DOSSIER') return sources.length;
  const place = sources.indexOf(source);
  return place < 0 ? undefined : place;
}

type Said = Moment & Pick<KeptValue, 'source' | 'value'>;

/**
 * Whether a value counts rather than another one of its field: the better source first, then the later moment. Two values of
 * one moment contradict each other; the greater text counts, so that the order of arrival does not decide.
 */
export function countsBefore(one: Said, other: Said, sources: readonly Registry[]): boolean {
  const rank = rankOf(one.source, sources);
  const otherRank = rankOf(other.source, sources);
  if (rank === undefined) return false;
  if (otherRank === undefined || rank !== otherRank) return otherRank === undefined || rank < otherRank;
  const order = compareMoments(one, other);
  return order === 0 ? one.value > other.value : order > 0;
}

/** The value of a field that counts, of all that were ever taken; the same for every order in which they came. */
export function currentValue(
  information: readonly KeptValue[],
  field: RecordField,
  sources: readonly Registry[] = [],
): KeptValue | undefined {
  let current: KeptValue | undefined;
  for (const kept of information) {
    if (kept.field !== field || rankOf(kept.source, sources) === undefined) continue;
    if (current === undefined || countsBefore(kept, current, sources)) current = kept;
  }
  return current;
}
