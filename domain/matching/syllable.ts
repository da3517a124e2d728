const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
const marks = /\p{M}/gu;
const oneNucleus = /^[^aăâeêioôơuưy]*[aăâeêioôơuưy]+[^aăâeêioôơuưy]*$/;

/**
 * One form for the places where a tone mark may stand (hòa, hoà): the tone goes behind the syllable. Words with
 * several tones or several vowel groups are no single syllable and stay as they are.
 */
export function canonSyllable(word: string): string {
  const spread = word.normalize('NFD');
  const found = spread.match(tones);
  if (found?.length !== 1) return word;
  const bare = spread.replace(tones, '').normalize('NFC');
  return oneNucleus.test(bare) ? bare + found[0] : word;
}

/** Writes the sound i as y where a lone i says the same (kĩ, kỹ); the data names the consonants. */
export function canonVowelY(word: string, onsets: readonly string[]): string {
  const tone = word.match(/\p{M}+$/u)?.[0] ?? '';
  const bare = word.slice(0, word.length - tone.length);
  return bare.endsWith('i') && onsets.includes(bare.slice(0, -1)) ? `${bare.slice(0, -1)}y${tone}` : word;
}

/** Without any diacritic: `Đường` → `Duong`. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(marks, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** True when the text holds letters and none of them carries a mark. */
export const isMarkless = (text: string): boolean => /\p{L}/u.test(text) && fold(text) === text;

/** Puts the tone of a canonical syllable back where a reader expects it. */
export function showSyllable(word: string): string {
  const tone = /[\u0300\u0301\u0303\u0309\u0323]$/.exec(word)?.[0];
  if (tone === undefined) return word.normalize('NFC');
  const bare = word.slice(0, -1);
  const start = /^(qu|gi)(?=[aăâeêioôơuưy])/.test(bare) ? 2 : bare.search(/[aăâeêioôơuưy]/);
  const nucleus = /^[aăâeêioôơuưy]+/.exec(bare.slice(start))?.[0] ?? '';
  const shaped = Math.max(...[...'ăâêôơư'].map((letter) => nucleus.lastIndexOf(letter)));
  const closed = start + nucleus.length < bare.length;
  const within =
    shaped >= 0 ? shaped : closed || nucleus.length === 1 ? nucleus.length - 1 : nucleus.length - 2;
  const at = start + Math.max(0, within) + 1;
  return (bare.slice(0, at) + tone + bare.slice(at)).normalize('NFC');
}
