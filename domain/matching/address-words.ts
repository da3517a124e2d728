import type { MatchingPolicy } from '../../schemas/matching.ts';
import type { AddressIndex } from './address-index.ts';
import { lowered } from './clean.ts';
import { phraseAt } from './phrases.ts';

/** A comma, a semicolon, a line or a dash between spaces: ends a part of the address. */
export const BREAK = ',';

const pattern = /[,;\n]|\s-\s|[\p{L}\p{M}\p{N}]+(?:[/-](?=[\p{L}\p{N}]*\p{N})[\p{L}\p{N}]+)*\.?/gu;

/** Words and breaks of an address, abbreviations written out; `P.`, `P5` count as abbreviations, a lone `p` does not. */
export function addressWords(policy: MatchingPolicy, index: AddressIndex, text: string): string[] {
  const raw = (lowered(policy.spelling, text).match(pattern) ?? []).flatMap((part) => split(index, part));
  const dotted = raw.map((part) => part.endsWith('.'));
  const words = raw.map((part) => (isBreak(part) ? BREAK : index.canon(plain(part))));
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const phrase = phraseAt(index.abbreviations, words, at);
    const starts = at === 0 || words[at - 1] === BREAK;
    const length = phrase?.words.length ?? 1;
    const lone = word.length === 1 && !dotted[at] && !(starts && at + 1 < words.length);
    result.push(...(phrase && !lone ? phrase.to : [word]));
    at += phrase && !lone ? length : 1;
  }
  return result;
}

const isBreak = (part: string) => /^(?:[,;\n]|\s-\s)$/.test(part);
const plain = (part: string) => part.replace(/\.$/, '').replace(/(?<!\d)0+(?=\d)/g, '');

/** `P5` → `P.` `5`, for the abbreviations that are written that way. */
function split(index: AddressIndex, part: string): string[] {
  const [, letters = '', digits = ''] = /^(\p{L}+)(\d+)\.?$/u.exec(part) ?? [];
  return index.glued.has(index.canon(letters)) ? [`${letters}.`, digits] : [part];
}
