import { numberValue } from './designator-concerns.ts';
import { likeness, surplus, wordsInCommon } from './distance.ts';
import { fold } from './syllable.ts';
import { type Concern, conflict, doubt, versus } from './verdict.ts';

/** Letters and numbers apart, Roman numerals as digits: `CN-3`, `CN3` and `CN III` read alike, `12/3` and `1/23` do not. */
const pieces = (words: Words): string =>
  words
    .flatMap((word) => word.match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [])
    .map(numberValue)
    .join(' ');

type Words = readonly string[];

const telling = (word: string) => /\p{N}/u.test(word) || /^\p{L}$/u.test(word);

/** House, street, hamlet, industrial zone. `regrouped`: one address is of before July 2025, so nothing is decisive. */
export function localConcerns(a: Words, b: Words, personFrom: number, regrouped: boolean): Concern[] {
  const [left, right] = [surplus(a, b), surplus(b, a)];
  const shown = versus(left, right);
  if (left.length + right.length === 0) {
    const order = doubt('số nhà, đường, thôn sắp xếp khác nhau', 'house, street and hamlet in another order');
    if (a.join(' ') === b.join(' ')) return [];
    const moved = a.filter(telling).join(' ') !== b.filter(telling).join(' ');
    const swapped = ['các số đổi chỗ cho nhau', 'numbers are changed over'] as const;
    return moved && !regrouped ? [conflict(...swapped)] : [order];
  }
  if (pieces(a) === pieces(b)) {
    return [doubt(`cách ghi số, lô khác nhau: ${shown}`, `numbers or lots written differently: ${shown}`)];
  }
  const numbers = left.some(telling) && right.some(telling);
  if (numbers) {
    const why = [
      `khác số nhà, lô, tổ hoặc khu: ${shown}`,
      `different house, lot, group or zone: ${shown}`,
    ] as const;
    return [regrouped ? doubt(...why) : conflict(...why)];
  }
  if (left.length === 0 || right.length === 0) {
    return [doubt(`một bên ghi chi tiết hơn: ${shown}`, `one side says more: ${shown}`)];
  }
  if (fold(a.join(' ')) === fold(b.join(' ')))
    return [doubt(`chỉ khác dấu: ${shown}`, `only the marks differ: ${shown}`)];
  const alike = Math.max(wordsInCommon(a, b), likeness(a.join(' '), b.join(' ')));
  if (alike >= personFrom || regrouped)
    return [doubt(`gần giống: ${shown}`, `alike but not the same: ${shown}`)];
  return [conflict(`khác địa điểm: ${shown}`, `different places: ${shown}`)];
}
