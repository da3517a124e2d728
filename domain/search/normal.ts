import { fold } from '../matching/syllable.ts';

/** Longer ones say nothing more, and an index has to hold them. */
const LONGEST = 60;

/** Letters of other alphabets that people type for Đ. */
const eth = /[\u00d0\u00f0\u0189\u0256]/g;

const plain = (text: string): string =>
  fold(text.normalize('NFKC').replace(eth, 'd')).toLowerCase().normalize('NFKC');

/** The words of a text without case and diacritics, however its letters are encoded: `Đại  Nam` → `dai`, `nam`. */
export const searchWords = (text: string): string[] =>
  (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST));

/** A code, a number or a case's name without its punctuation: `0900000011-001` → `0900000011001`. */
export const searchCode = (text: string): string =>
  searchWords(text)
    .join('')
    .slice(0, 2 * LONGEST);
