import type { MatchingPolicy } from '../../schemas/matching.ts';

type Spelling = MatchingPolicy['spelling'];

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Composed letters, look-alikes replaced, no invisible characters, single spaces; case and marks stay. */
export function tidy(spelling: Spelling, text: string): string {
  const composed = text.normalize('NFKC').replace(invisible, '');
  const plain = [...composed].map((char) => spelling.lookalikes[char] ?? char).join('');
  return plain.replace(/\s+/gu, ' ').trim();
}

/** Lower case, spelled-out symbols, initials joined (`T.N.H.H` → `tnhh`). */
export function lowered(spelling: Spelling, text: string): string {
  const small = tidy(spelling, text).toLowerCase().normalize('NFC');
  const spelled = [...small].map((char) => {
    const symbol = spelling.symbols[char];
    return symbol === undefined ? char : ` ${symbol} `;
  });
  return spelled
    .join('')
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
  const chars = [...composed];
  if (chars.some((char) => spelling.legacyMarks.includes(char))) return 'legacy';
  const small = [...composed.toLowerCase()];
  const broken = small.some((char, i) =>
    spelling.legacyPairs.some(
      ({ first, second }) => first.includes(char) && second.includes(small[i + 1] ?? '\n'),
    ),
  );
  if (broken) return 'legacy';
  const foreign = chars.some((char) => /\p{L}/u.test(char) && !/\p{Script=Latin}/u.test(char));
  return foreign || /\P{L}\p{M}|\p{L}\p{M}/u.test(composed) ? 'script' : undefined;
}
