import type { FieldSetting, LegalForm, MatchingPolicy, NameAbbreviation } from '../../schemas/matching.ts';
import { lowered } from './clean.ts';
import { type Phrases, phraseTable } from './phrases.ts';
import { canonSyllable, canonVowelY, fold } from './syllable.ts';

/** How strictly words are read: as written, i and y as one sound, without any mark. */
export type Reading = 'strict' | 'loose' | 'folded';

/** What an abbreviation stands for; `anywhere`: also as the last word of a name. */
export type Expansion = { readonly long: readonly (readonly string[])[]; readonly anywhere: boolean };

export type Vocabulary = {
  readonly canon: (word: string) => string;
  readonly forms: Phrases<string>;
  readonly kinds: ReadonlyMap<string, LegalForm['kind']>;
  /** What a form is called: its first variant. */
  readonly labels: ReadonlyMap<string, string>;
  readonly abbreviations: Phrases<Expansion>;
  readonly common: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
};

const memory = new WeakMap<MatchingPolicy, Map<string, Vocabulary>>();

/** The words of a text in lower case, everything else being a separator; words are not yet canonical. */
export const wordsOf = (policy: MatchingPolicy, text: string): string[] =>
  lowered(policy.spelling, text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

export function canonOf(policy: MatchingPolicy, reading: Reading): (word: string) => string {
  const { iyOnsets } = policy.spelling;
  const known = canons.get(policy) ?? new Map<Reading, (word: string) => string>();
  canons.set(policy, known);
  const made =
    known.get(reading) ??
    remembering((word) => {
      const plain = canonSyllable(reading === 'folded' ? fold(word) : word);
      return reading === 'strict' ? plain : canonVowelY(plain, iyOnsets);
    });
  known.set(reading, made);
  return made;
}

const canons = new WeakMap<MatchingPolicy, Map<Reading, (word: string) => string>>();
const mostWords = 20_000;

/** The same few thousand words come again and again; what is remembered is forgotten when it grows too large. */
function remembering(make: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= mostWords) known.clear();
    const made = make(word);
    known.set(word, made);
    return made;
  };
}

/** The vocabulary of a field under a reading; made once for each policy. */
export function vocabularyOf(policy: MatchingPolicy, setting: FieldSetting, reading: Reading): Vocabulary {
  const names = setting.lexicons ?? [];
  const key = `${reading}:${names.join()}`;
  const known = memory.get(policy) ?? new Map<string, Vocabulary>();
  memory.set(policy, known);
  const made = known.get(key) ?? build(policy, names, reading);
  known.set(key, made);
  return made;
}

function build(
  policy: MatchingPolicy,
  names: NonNullable<FieldSetting['lexicons']>,
  reading: Reading,
): Vocabulary {
  const canon = canonOf(policy, reading);
  const phrase = (text: string) => wordsOf(policy, text).map(canon);
  const lexicons = names.map((name) => policy.lexicons[name]);
  const forms = lexicons.flatMap((lexicon) => lexicon.forms);
  const words = (list: (lexicon: (typeof lexicons)[number]) => string[]) =>
    new Set(lexicons.flatMap(list).map(canon));
  const abbreviation = ({ short, long, anywhere = false }: NameAbbreviation) =>
    [phrase(short), { long: long.map(phrase), anywhere }] as const;
  return {
    canon,
    forms: phraseTable(
      forms.flatMap(({ token, variants }) => variants.map((v) => [phrase(v), token] as const)),
    ),
    kinds: new Map(forms.map(({ token, kind }) => [token, kind])),
    labels: new Map(forms.map(({ token, variants }) => [token, variants[0] ?? token])),
    abbreviations: phraseTable(lexicons.flatMap((lexicon) => lexicon.abbreviations).map(abbreviation)),
    common: words((lexicon) => lexicon.common),
    fillers: words((lexicon) => lexicon.fillers),
    titles: words((lexicon) => lexicon.titles),
  };
}
