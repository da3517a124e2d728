import type { FieldSetting, MatchingPolicy } from '../../schemas/matching.ts';
import { type Expansion, type Reading, type Vocabulary, vocabularyOf, wordsOf } from './lexicon.ts';
import { phraseAt, replacePhrases } from './phrases.ts';

/** Marks the canonical token of a legal form, which no written word can be. */
export const FORM = '§';

/** A name as matching reads it: canonical words, with a legal form as one token such as `§tnhh`. */
export type NormalisedName = {
  readonly words: readonly string[];
  /** With abbreviations left as they are. */
  readonly asWritten: readonly string[];
  /** Other ways to read it, when an abbreviation may stand for several things. */
  readonly otherwise: readonly (readonly string[])[];
};

const mostReadings = 16;

/** Reads a name. Abbreviations of one meaning are written out; those of several meanings give `otherwise`. */
export function normaliseName(
  policy: MatchingPolicy,
  setting: FieldSetting,
  text: string,
  reading: Reading = 'loose',
): NormalisedName {
  const vocabulary = vocabularyOf(policy, setting, reading);
  const all = wordsOf(policy, text).map(vocabulary.canon);
  // Ông is a surname too (Ông Ích Khiêm): a title stands before a full name of three words or more.
  const words = vocabulary.titles.has(all[0] ?? '') && all.length > 3 ? all.slice(1) : all;
  const [first = [], ...others] = readings(vocabulary, words).map((each) => withForms(vocabulary, each));
  return { words: first, asWritten: withForms(vocabulary, words), otherwise: others };
}

const withForms = (vocabulary: Vocabulary, words: readonly string[]) =>
  replacePhrases(vocabulary.forms, words, (token) => [FORM + token]);

/** Every way to read the words, the plainest first. */
function readings(vocabulary: Vocabulary, words: readonly string[]): string[][] {
  const choices: (readonly (readonly string[])[])[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const phrase = phraseAt(vocabulary.abbreviations, words, at);
    const length = phrase?.words.length ?? 1;
    choices.push(phrase ? choicesOf(phrase, at + length === words.length) : [[word]]);
    at += length;
  }
  return choices.reduce<string[][]>(
    (ways, choice) =>
      choice.flatMap((expansion) => ways.map((way) => [...way, ...expansion])).slice(0, mostReadings),
    [[]],
  );
}

type Abbreviation = { readonly words: readonly string[]; readonly to: Expansion };

function choicesOf({ words, to }: Abbreviation, last: boolean): readonly (readonly string[])[] {
  const certain = to.long.length === 1 && (to.anywhere || !last);
  return certain ? to.long : [words, ...to.long];
}
