import { likeness, surplus } from './distance.ts';
import type { Vocabulary } from './lexicon.ts';
import { type Concern, conflict, doubt, versus } from './verdict.ts';

/** Two or three letters in a form of ten. */
const nearlyForm = 0.7;

/**
 * What differing legal forms say. Two main forms, or one and several members, exclude each other; a branch is not its
 * parent; a form that only one side names leaves the question open, and so does one that the other side may have misspelt.
 * `rest`: the words beside the forms that only one side has.
 */
export function formConcerns(
  a: readonly string[],
  b: readonly string[],
  { kinds, labels }: Vocabulary,
  rest: { readonly a: readonly string[]; readonly b: readonly string[] } = { a: [], b: [] },
): Concern[] {
  const [left, right] = [surplus(a, b), surplus(b, a)];
  if (left.length === 0 && right.length === 0) return [];
  const of = (forms: readonly string[], kind: string) => forms.filter((form) => kinds.get(form) === kind);
  const label = (form: string) => labels.get(form) ?? form;
  const shown = versus(left.map(label), right.map(label));
  const misspelt = (forms: readonly string[], words: readonly string[]) =>
    words.length > 0 && forms.some((form) => likeness(label(form), words.join(' ')) >= nearlyForm);
  if (misspelt(left, rest.b) || misspelt(right, rest.a)) {
    return [
      doubt(
        `một bên có thể gõ sai từ chỉ loại hình: ${shown}`,
        `one side may have misspelt the legal form: ${shown}`,
      ),
    ];
  }
  if (of(left, 'dependent').length > 0 || of(right, 'dependent').length > 0) {
    return [
      conflict(
        `đơn vị phụ thuộc khác đơn vị chính: ${shown}`,
        `a dependent unit is not its parent: ${shown}`,
      ),
    ];
  }
  if (of(left, 'main').length > 0 && of(right, 'main').length > 0) {
    return [conflict(`khác loại hình: ${shown}`, `different legal forms: ${shown}`)];
  }
  if (of(left, 'members').length > 0 && of(right, 'members').length > 0) {
    return [conflict(`khác số thành viên: ${shown}`, `different numbers of members: ${shown}`)];
  }
  return [doubt(`loại hình ghi không như nhau: ${shown}`, `legal form not stated alike: ${shown}`)];
}
