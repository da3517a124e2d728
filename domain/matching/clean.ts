import type { MatchingPolicy } from '../../schemas/matching.ts';

type Spelling = MatchingPolicy['spelling'];

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Composed letters, look-alikes replaced, no invisible characters, single spaces; case and marks stay. */
export function tidy(spelling: Spelling, text: string): string {
  const composed = text.normalize('NFKC').replace(invisible, '');
  const plain = composed.replace(lettersOf(spelling).lookalikes, (char) => spelling.lookalikes[char] ?? char);
  return plain.replace(/\s+/gu, ' ').trim();
}

/** Lower case, spelled-out symbols, initials joined (`T.N.H.H` → `tnhh`). */
export function lowered(spelling: Spelling, text: string): string {
  const small = tidy(spelling, text).toLowerCase().normalize('NFC');
  return small
    .replace(lettersOf(spelling).symbols, (char) => ` ${spelling.symbols[char] ?? char} `)
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu, (initials) =>
      initials.replaceAll('.', ''),
    );
}

/** Why a text cannot be read with certainty: a legacy encoding, lost letters, letters of another script. */
export type Damage = 'legacy' | 'lost' | 'script';

/** Encodings are never guessed back: a damaged text goes to a person, whatever it is compared with. */
export function damageOf(spelling: Spelling, text: string): Damage | undefined {
  const composed = text.normalize('NFC');
  if (/\ufffd|\p{L}\?|\?\p{L}/u.test(composed)) return 'lost';
  const { marks, pairs } = lettersOf(spelling);
  if (marks.test(composed) || pairs.test(composed.toLowerCase())) return 'legacy';
  const foreign = /(?!\p{Script=Latin})\p{L}/u.test(composed);
  return foreign || /\P{L}\p{M}|\p{L}\p{M}/u.test(composed) ? 'script' : undefined;
}

type Letters = {
  readonly lookalikes: RegExp;
  readonly symbols: RegExp;
  readonly marks: RegExp;
  readonly pairs: RegExp;
};
const letters = new WeakMap<Spelling, Letters>();

/** The characters that a policy names, as expressions; made once for each policy. */
function lettersOf(spelling: Spelling): Letters {
  const known = letters.get(spelling);
  if (known) return known;
  const made: Letters = {
    lookalikes: oneOf(Object.keys(spelling.lookalikes), 'gu'),
    symbols: oneOf(Object.keys(spelling.symbols), 'gu'),
    marks: oneOf([...spelling.legacyMarks], 'u'),
    pairs: new RegExp(
      spelling.legacyPairs
        .map(({ first, second }) => `${classOf([...first])}${classOf([...second])}`)
        .join('|') || '(?!)',
      'u',
    ),
  };
  letters.set(spelling, made);
  return made;
}

const classOf = (chars: readonly string[]): string =>
  `[${chars.map((char) => char.replace(/[\\\]^[-]/g, '\\$&')).join('')}]`;
const oneOf = (chars: readonly string[], flags: string): RegExp =>
  new RegExp(chars.length === 0 ? '(?!)' : classOf(chars), flags);
