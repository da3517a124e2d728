import type { MatchingPolicy } from '../../schemas/matching.ts';
import { surplus } from './distance.ts';
import { wordsOf } from './lexicon.ts';
import { fold, showSyllable } from './syllable.ts';
import { type Concern, doubt, versus } from './verdict.ts';

type Words = readonly string[];
type Canon = (word: string) => string;
type Typing = NonNullable<MatchingPolicy['spelling']['typing']>[number];
type Mended = { readonly a: string; readonly b: string; readonly concerns: readonly Concern[] };

/**
 * Two texts without keys of an input method left in a word (`Huwng`, `Hu7ng`) and without digits read for letters, where the other
 * text has the word as it is. Nothing is taken for certain: each slip is a concern, so that a person decides.
 */
export function mended(policy: MatchingPolicy, canon: Canon, a: string, b: string): Mended {
  const left = wordsOf(policy, a).map(canon);
  const right = wordsOf(policy, b).map(canon);
  const [there, back] = [surplus(left, right), surplus(right, left)];
  const inLeft = slipsIn(policy, canon, there, back);
  const inRight = slipsIn(policy, canon, back, there);
  const text = (words: Words, slips: ReadonlyMap<string, Slip>) =>
    words.map((word) => showSyllable(slips.get(word)?.meant ?? word)).join(' ');
  const concerns = [...inLeft, ...inRight].map(([word, slip]) => concernOf(word, slip));
  return { a: text(left, inLeft), b: text(right, inRight), concerns };
}

type Slip = { readonly meant: string; readonly how: string };
const misreadLetters = 'misread';

function concernOf(word: string, { meant, how }: Slip): Concern {
  const shown = versus([word], [meant]);
  return how === misreadLetters
    ? doubt(`có thể đọc nhầm chữ thành số: ${shown}`, `perhaps a digit read for a letter: ${shown}`)
    : doubt(`phím gõ ${how} còn sót trong từ: ${shown}`, `${how} keys left in a word: ${shown}`);
}

/** Words that stand for a word of the other text, by what they stand for. */
function slipsIn(
  { spelling: { typing = [], misread = {} } }: MatchingPolicy,
  canon: Canon,
  words: Words,
  others: Words,
): ReadonlyMap<string, Slip> {
  const meant = (word: string): Slip | undefined => {
    for (const method of typing) {
      const typed = canon(typedBy(method, word));
      if (typed !== word && others.includes(typed)) return { meant: typed, how: method.name };
    }
    const found = others.find((other) => looksLike(misread, word, other));
    return found === undefined ? undefined : { meant: found, how: misreadLetters };
  };
  return new Map(
    words.flatMap((word) => {
      const slip = meant(word);
      return slip ? [[word, slip] as const] : [];
    }),
  );
}

/** The same letters but for digits that look like them, in a word that has letters of its own too. */
function looksLike(misread: Readonly<Record<string, string>>, word: string, other: string): boolean {
  const [from, to] = [[...fold(word)], [...fold(other)]];
  if (from.length !== to.length || /\p{N}/u.test(other) || !/\p{N}/u.test(word) || !/\p{L}{2}/u.test(word)) {
    return false;
  }
  return from.every((char, i) => char === to[i] || (misread[char] ?? '').includes(to[i] ?? '\n'));
}

/** A word as the input method would have written it. */
function typedBy({ letters, tones }: Typing, word: string): string {
  const tone = tones[word.at(-1) ?? ''];
  const body = tone === undefined ? word : word.slice(0, -1);
  const keys = Object.keys(letters).sort((x, y) => y.length - x.length);
  const written = keys.reduce((text, key) => text.replaceAll(key, letters[key] ?? key), body);
  return `${written}${tone ?? ''}`;
}
