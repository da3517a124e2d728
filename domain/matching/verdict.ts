import type { Explanation, MatchBand, MatchOutcome } from '../../schemas/matching.ts';
import { showSyllable } from './syllable.ts';

/** What a comparer says of two values that are both there. */
export type Verdict = {
  readonly outcome: Exclude<MatchOutcome, 'missing'>;
  readonly score: number;
  readonly why: Explanation;
};

/** Something that speaks against taking two values as the same, and how much. */
export type Concern = { readonly band: Exclude<MatchBand, 'same'>; readonly why: Explanation };

export const say = (vi: string, en: string): Explanation => ({ vi, en });

export const doubt = (vi: string, en: string): Concern => ({ band: 'person', why: say(vi, en) });

export const conflict = (vi: string, en: string): Concern => ({ band: 'different', why: say(vi, en) });

export const together = (parts: readonly Explanation[]): Explanation => ({
  vi: [...new Set(parts.map((part) => part.vi))].join('; '),
  en: [...new Set(parts.map((part) => part.en))].join('; '),
});

const rounded = (score: number): number => Math.round(score * 1000) / 1000;

/**
 * The gravest concern decides; a score is kept on its side of the threshold, so that it never contradicts the band.
 */
export function judge(concerns: readonly Concern[], score: number, personFrom: number): Verdict {
  const grave = concerns.filter((concern) => concern.band === 'different');
  const decisive = grave.length > 0 ? grave : concerns;
  const why = together(decisive.map((concern) => concern.why));
  if (grave.length > 0) {
    return { outcome: 'different', score: rounded(Math.min(score, personFrom - 0.001)), why };
  }
  return { outcome: 'similar', score: rounded(Math.min(0.999, Math.max(score, personFrom))), why };
}

/** Sets of differing words as a person reads them: “hưng” ↔ “hùng”. */
export function versus(a: readonly string[], b: readonly string[]): string {
  const show = (words: readonly string[]) =>
    words.length === 0 ? '∅' : `“${words.map(showSyllable).join(' ')}”`;
  return `${show(a)} ↔ ${show(b)}`;
}
