import type { MatchingPolicy } from '../../schemas/matching.ts';
import { type AddressIndex, addressIndex, type Level } from './address-index.ts';
import { addressWords, BREAK } from './address-words.ts';
import type { Reading } from './lexicon.ts';
import { phraseAt } from './phrases.ts';

export type PlaceName = { readonly label: string; readonly name: string };

/** An address as matching reads it: the place within the commune, then the administrative units that it names. */
export type NormalisedAddress = {
  readonly local: readonly string[];
  readonly commune?: PlaceName | undefined;
  readonly district?: PlaceName | undefined;
  /** Without a label: `tỉnh Hưng Yên` and a closing `Hưng Yên` are one. */
  readonly province?: string | undefined;
};

type Part = { readonly level?: Level | undefined; readonly label: string; readonly words: readonly string[] };

/** Reads an address. Old unit names stay as they are; renaming is weighed when two addresses are compared. */
export function normaliseAddress(
  policy: MatchingPolicy,
  text: string,
  reading: Reading = 'loose',
): NormalisedAddress {
  const index = addressIndex(policy, reading);
  const parts = withProvince(index, withoutCountry(index, partsOf(index, addressWords(policy, index, text))));
  const last = (level: Level) => parts.findLast((part) => part.level === level);
  const taken = [last('COMMUNE'), last('DISTRICT'), last('PROVINCE')];
  const place = (part: Part | undefined) => part && { label: part.label, name: part.words.join(' ') };
  const rest = parts.filter((part) => !taken.includes(part));
  return {
    local: rest.flatMap((part, i) => localWords(index, part, rest[i - 1])),
    commune: place(taken[0]),
    district: place(taken[1]),
    province: taken[2]?.words.join(' '),
  };
}

function partsOf(index: AddressIndex, words: readonly string[]): Part[] {
  const parts: { level?: Level | undefined; label: string; words: string[] }[] = [];
  let open: (typeof parts)[number] | undefined;
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const label = phraseAt(index.levels, words, at);
    if (word === BREAK) open = undefined;
    else if (label && (open === undefined || open.words.length > 0)) {
      open = { level: label.to, label: label.words.join(' '), words: [] };
      parts.push(open);
    } else if (open) open.words.push(word);
    else {
      open = { label: '', words: [word] };
      parts.push(open);
    }
    at += label ? label.words.length : 1;
  }
  return parts.filter((part) => part.label !== '' || part.words.length > 0);
}

function withoutCountry(index: AddressIndex, parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  return last && parts.length > 1 && index.countries.has(last.words.join(' ')) ? parts.slice(0, -1) : parts;
}

/** The closing part is the province when it has no label, or is a city that is a province. */
function withProvince(index: AddressIndex, parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  if (!last || last.level === 'PROVINCE' || last.level === 'COMMUNE') return parts;
  const central = last.level === 'DISTRICT' && index.centralCities.has(last.words.join(' '));
  const bare =
    last.level === undefined && parts.length > 1 && !last.words.some((word) => /\p{N}/u.test(word));
  return central || bare ? [...parts.slice(0, -1), { ...last, level: 'PROVINCE' }] : parts;
}

/** A part that is a house number and nothing else: `Số 12`, `12/3`. */
const isHouse = (index: AddressIndex, part: Part | undefined): boolean =>
  part !== undefined && part.label === '' && part.words.filter((word) => word !== index.number).length === 1;

const hasDigit = (word: string | undefined) => word !== undefined && /\p{N}/u.test(word);

/** `Số 5 đường Lê Lợi` and `5 Lê Lợi` are one place; `đường số 5` keeps its words. */
function localWords(index: AddressIndex, { label, words }: Part, before: Part | undefined): string[] {
  const own = words.filter((word, i) => {
    if (word === index.number) return !(i === 0 && hasDigit(words[1]));
    if (word === index.street) {
      const previous = i === 0 ? (isHouse(index, before) ? before?.words.at(-1) : undefined) : words[i - 1];
      return !(hasDigit(previous) && i + 1 < words.length && !hasDigit(words[i + 1]));
    }
    return true;
  });
  return label === '' ? own : [label, ...own];
}
