import { performance } from 'node:perf_hooks';
import { matchRecords } from '../../domain/matching/match-records.ts';
import type { MatchBand, MatchingPolicy, RecordMatch } from '../../schemas/matching.ts';
import type { Label, Pair } from './pair.ts';

export type Judged = Pair & { readonly match: RecordMatch };

/** Shares from 0 to 1; of nothing, the share is 1. */
export type Quality = {
  readonly pairs: number;
  /** Of the pairs taken as a match, those labelled `same`. */
  readonly precisionMatch: number;
  /** Of the pairs labelled `same`, those taken as a match. */
  readonly recallMatch: number;
  /** Of the pairs taken as a mismatch, those labelled `different`. */
  readonly precisionMismatch: number;
  /** Of the pairs labelled `different`, those taken as a mismatch. */
  readonly recallMismatch: number;
  /** Pairs taken as a match that are labelled `different` or `unclear`. */
  readonly wrongInMatchBand: number;
  /** Pairs taken as a mismatch that are labelled `same` or `unclear`. */
  readonly wrongInMismatchBand: number;
  /** Share of pairs that a person decides. */
  readonly toPerson: number;
};

/** The same function that a case calls. */
export const judgePairs = (policy: MatchingPolicy, pairs: readonly Pair[]): Judged[] =>
  pairs.map((pair) => ({ ...pair, match: matchRecords(policy, pair.declared, pair.registry) }));

/** Pairs a second on this machine, in the best of some runs over all pairs. */
export function pairsPerSecond(policy: MatchingPolicy, pairs: readonly Pair[], runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    for (const { declared, registry } of pairs) matchRecords(policy, declared, registry);
    return performance.now() - began;
  });
  return Math.round((pairs.length / Math.min(...times)) * 1000);
}

export function qualityOf(judged: readonly Judged[]): Quality {
  const count = (band?: MatchBand, label?: Label) =>
    judged.filter(
      (pair) => (band ?? pair.match.band) === pair.match.band && (label ?? pair.label) === pair.label,
    ).length;
  return {
    pairs: judged.length,
    precisionMatch: share(count('same', 'same'), count('same')),
    recallMatch: share(count('same', 'same'), count(undefined, 'same')),
    precisionMismatch: share(count('different', 'different'), count('different')),
    recallMismatch: share(count('different', 'different'), count(undefined, 'different')),
    wrongInMatchBand: count('same') - count('same', 'same'),
    wrongInMismatchBand: count('different') - count('different', 'different'),
    toPerson: share(count('person'), judged.length),
  };
}

const share = (part: number, whole: number): number =>
  whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000;

export type BandError = {
  readonly id: string;
  readonly kind: string;
  readonly label: Label;
  readonly band: MatchBand;
  readonly score: number;
  readonly why: string;
};

/** Pairs in a band that contradicts their label; what a person decides is no error. */
export const errorsOf = (judged: readonly Judged[]): BandError[] =>
  judged
    .filter(({ label, match: { band } }) => band !== 'person' && band !== label)
    .map(({ id, kind, label, match: { band, score, why } }) => ({
      id,
      kind,
      label,
      band,
      score,
      why: why.en,
    }));
