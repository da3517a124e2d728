import type { BandError, Quality } from './measure.ts';

export type Report = Quality & {
  readonly pairsPerSecond: number;
  readonly policyVersion: string;
  readonly seeds: { readonly generated: string; readonly heldOut: string };
  readonly sets: Readonly<Record<'handwritten' | 'generated' | 'heldOut', Quality>>;
  readonly errors: readonly BandError[];
};

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`.padStart(9);

const line = (title: string, q: Quality): string =>
  [
    title.padEnd(12),
    String(q.pairs).padStart(6),
    percent(q.precisionMatch),
    percent(q.recallMatch),
    percent(q.precisionMismatch),
    percent(q.recallMismatch),
    String(q.wrongInMatchBand).padStart(6),
    String(q.wrongInMismatchBand).padStart(9),
    percent(q.toPerson),
  ].join(' ');

/** The report for people: a table of the sets, then every error by name. */
export function textReport({ sets, errors, pairsPerSecond, policyVersion, seeds, ...all }: Report): string {
  const head =
    'set           pairs    match             mismatch            wrong in   wrong in   to a\n' +
    '                       precis.   recall  precis.   recall     match  mismatch    person';
  return [
    `Matching policy ${policyVersion}; seeds: generated ${seeds.generated}, held out ${seeds.heldOut}.`,
    '',
    head,
    line('handwritten', sets.handwritten),
    line('generated', sets.generated),
    line('held out', sets.heldOut),
    line('all', all),
    '',
    `${pairsPerSecond} pairs a second.`,
    '',
    `Errors: ${errors.length} (a pair in the match or mismatch band against its label; what a person decides is none).`,
    ...errors.map(
      ({ id, kind, label, band, score, why }) =>
        `  ${id}: ${label} taken as ${band} (${score}); ${kind}; ${why}`,
    ),
    '',
  ].join('\n');
}
