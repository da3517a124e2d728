import { surplus } from './distance.ts';
import { showSyllable } from './syllable.ts';
import { type Concern, conflict, doubt, versus } from './verdict.ts';

const roman = new Map(
  ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'].map((numeral, i) => [numeral, String(i + 1)]),
);
const spelled = new Map(
  ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'].map((word, i) => [
    word,
    String(i + 1),
  ]),
);

const isNumber = (word: string) => /\p{N}/u.test(word);
/** `vi` is a syllable of names before it is a numeral. */
const isDesignator = (word: string) =>
  isNumber(word) || (roman.has(word) && word !== 'vi') || /^\p{L}$/u.test(word);
/** A number as digits, however it is written: `02`, `II`, `hai` → `2`. */
export const numberValue = (word: string): string =>
  (roman.get(word) ?? spelled.get(showSyllable(word)) ?? word).replace(/^0+(?=\d)/, '');

/** Numbers, Roman numerals and single letters tell units of one name apart (số 1, Phố Nối A). */
export function designatorConcerns(a: readonly string[], b: readonly string[]): Concern[] {
  const [left, right] = [surplus(a, b), surplus(b, a)];
  const marks = [left.filter(isDesignator), right.filter(isDesignator)] as const;
  if (marks[0].length + marks[1].length === 0) return [];
  const values = [left.map(numberValue), right.map(numberValue)] as const;
  const open = [
    ...surplus(marks[0].map(numberValue), values[1]),
    ...surplus(marks[1].map(numberValue), values[0]),
  ];
  const shown = versus(marks[0], marks[1]);
  if (open.length === 0)
    return [doubt(`cách ghi số khác nhau: ${shown}`, `numbers written differently: ${shown}`)];
  const numbers = open.some(isNumber);
  const both = marks[0].length > 0 && marks[1].length > 0;
  return numbers || both
    ? [conflict(`khác số hoặc ký hiệu: ${shown}`, `different numbers or letters: ${shown}`)]
    : [doubt(`một bên có thêm ký hiệu: ${shown}`, `one side has a further letter: ${shown}`)];
}
