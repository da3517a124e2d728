import type { Language } from '../../domain/calendar/phrases.ts';

/** The same words in Vietnamese and in English. */
export type Both = { readonly [L in Language]: string };
/** What may stand in a sentence: words in both languages, or what is the same in each, such as a name. */
export type Said = Both | string | number | undefined;

export const both = (vi: string, en: string): Both => ({ vi, en });

const inOne = (language: Language, said: Said): string =>
  typeof said === 'object' ? said[language] : said === undefined ? '' : String(said);

const tag =
  (language: Language) =>
  (texts: TemplateStringsArray, ...said: readonly Said[]): string =>
    texts.map((text, i) => `${text}${i < said.length ? inOne(language, said[i]) : ''}`).join('');

/** A Vietnamese sentence in which terms stand in Vietnamese. */
export const vi = tag('vi');
/** An English sentence in which terms stand in English. */
export const en = tag('en');

/** Terms one after another. */
export const listed = (said: readonly Said[], between = ', '): Both => ({
  vi: said.map((one) => inOne('vi', one)).join(between),
  en: said.map((one) => inOne('en', one)).join(between),
});

/** Somebody's own words after a sentence; nothing when there are none. */
export const quoted = (words: string | undefined): Both =>
  words === undefined || words.trim() === ''
    ? both('', '')
    : { vi: `. Ghi: “${words.trim()}”`, en: `. In words: “${words.trim()}”` };
