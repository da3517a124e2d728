import { editDistance, likeness, surplus, wordsInCommon } from './distance.ts';
import type { Vocabulary } from './lexicon.ts';
import { fold } from './syllable.ts';
import { type Concern, conflict, doubt, versus } from './verdict.ts';

type Words = readonly string[];

/** Likeness of two names, where words of trade weigh little beside the words that are the name. */
export function nameLikeness(a: Words, b: Words, common: Vocabulary['common']): number {
  const own = (words: Words) => words.filter((word) => !common.has(word));
  const close = (x: Words, y: Words) => Math.max(likeness(x.join(' '), y.join(' ')), wordsInCommon(x, y));
  const [x, y] = [own(a), own(b)];
  return x.length === 0 || y.length === 0 ? close(a, b) : 0.8 * close(x, y) + 0.2 * close(a, b);
}

/** What differing words say; none of it ever speaks for the same name. */
export function wordConcerns(a: Words, b: Words, vocabulary: Vocabulary, personFrom: number): Concern[] {
  const [left, right] = [surplus(a, b), surplus(b, a)];
  const shown = versus(left, right);
  if (left.length === 0 && right.length === 0) {
    return a.join(' ') === b.join(' ')
      ? []
      : [doubt('các từ giống nhau nhưng khác thứ tự', 'same words in another order')];
  }
  if ([...left, ...right].every((word) => vocabulary.fillers.has(word))) {
    return [doubt(`chỉ khác từ nối: ${shown}`, `only a linking word differs: ${shown}`)];
  }
  if (a.join('') === b.join(''))
    return [doubt('chỉ khác khoảng cách giữa các từ', 'only spaces between words differ')];
  if (a.map(fold).join(' ') === b.map(fold).join(' ')) return markConcerns(left, right, shown);
  if ([...left, ...right].every((word) => vocabulary.common.has(word) || vocabulary.fillers.has(word))) {
    return [
      doubt(
        `tên riêng giống nhau, khác từ chỉ ngành nghề hoặc nơi chốn: ${shown}`,
        `own name alike, words of trade or place differ: ${shown}`,
      ),
    ];
  }
  if (left.length === 0 || right.length === 0) {
    return [doubt(`một bên có thêm từ: ${shown}`, `one side has further words: ${shown}`)];
  }
  const score = nameLikeness(a, b, vocabulary.common);
  const edits = editDistance(left.join(' '), right.join(' '));
  if (score < personFrom && !isSlip(left, right, edits))
    return [conflict(`khác nhau: ${shown}`, `different: ${shown}`)];
  return edits <= 2
    ? [
        doubt(
          `khác ${edits} ký tự, có thể là lỗi gõ: ${shown}`,
          `${edits} characters differ, perhaps a typing error: ${shown}`,
        ),
      ]
    : [doubt(`gần giống: ${shown}`, `alike but not the same: ${shown}`)];
}

/** One letter too many or too few, or two that changed places: in a short name it weighs much, and may be a slip all the same. */
function isSlip(left: Words, right: Words, edits: number): boolean {
  const letters = (words: Words) => [...words.join(' ')].sort().join('');
  return edits <= 1 || letters(left) === letters(right);
}

/** A wrong or lost mark may be a slip; two words that both carry marks, and others, are two names. */
function markConcerns(left: Words, right: Words, shown: string): Concern[] {
  const marked = (word: string) => fold(word) !== word;
  const clashes = left.filter((word, i) => marked(word) && marked(right[i] ?? '')).length;
  const vi = `chỉ khác dấu: ${shown}`;
  const en = `only the marks differ: ${shown}`;
  return clashes > 1 ? [conflict(vi, en)] : [doubt(vi, en)];
}
