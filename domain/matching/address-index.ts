import type { MatchingPolicy } from '../../schemas/matching.ts';
import { canonOf, type Reading, wordsOf } from './lexicon.ts';
import { type Phrases, phraseTable } from './phrases.ts';

export type Level = 'PROVINCE' | 'DISTRICT' | 'COMMUNE';
export type Renaming = {
  readonly level: 'PROVINCE' | 'COMMUNE';
  readonly from: string;
  readonly to: string;
  readonly certain: boolean;
};

export type AddressIndex = {
  readonly canon: (word: string) => string;
  readonly abbreviations: Phrases<readonly string[]>;
  readonly levels: Phrases<Level>;
  readonly glued: ReadonlySet<string>;
  readonly centralCities: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
  readonly renamed: readonly Renaming[];
  readonly number: string;
  readonly street: string;
};

const memory = new WeakMap<MatchingPolicy, Map<Reading, AddressIndex>>();

/** The address words of a policy under a reading; made once for each policy. */
export function addressIndex(policy: MatchingPolicy, reading: Reading): AddressIndex {
  const known = memory.get(policy) ?? new Map<Reading, AddressIndex>();
  memory.set(policy, known);
  const made = known.get(reading) ?? build(policy, reading);
  known.set(reading, made);
  return made;
}

function build(policy: MatchingPolicy, reading: Reading): AddressIndex {
  const canon = canonOf(policy, reading);
  const phrase = (text: string) => wordsOf(policy, text).map(canon);
  const name = (text: string) => phrase(text).join(' ');
  const { abbreviations, glued, levels, centralCities, countries, renamed } = policy.address;
  const labels = (['PROVINCE', 'DISTRICT', 'COMMUNE'] as const).flatMap((level) =>
    levels[level].map((label) => [phrase(label), level] as const),
  );
  return {
    canon,
    abbreviations: phraseTable(
      Object.entries(abbreviations).map(([short, long]) => [phrase(short), phrase(long)]),
    ),
    levels: phraseTable(labels),
    glued: new Set(glued.map(canon)),
    centralCities: new Set(centralCities.map(name)),
    countries: new Set(countries.map(name)),
    renamed: renamed.map(({ level, from, to, certain }) => ({
      level,
      from: name(from),
      to: name(to),
      certain,
    })),
    number: canon('số'),
    street: canon('đường'),
  };
}
