import type { FieldSetting, MatchingPolicy } from '../../schemas/matching.ts';
import { addressIndex } from './address-index.ts';
import { likeness, wordsInCommon } from './distance.ts';
import { localConcerns } from './local-concerns.ts';
import { type NormalisedAddress, normaliseAddress } from './normalise-address.ts';
import { communeConcerns, districtConcerns, provinceConcerns, renamedInto } from './place-concerns.ts';
import { isMarkless } from './syllable.ts';
import { doubt, judge, say, type Verdict } from './verdict.ts';

/** Compares addresses part by part: place within the commune, commune, district, province. */
export function compareAddress(policy: MatchingPolicy, setting: FieldSetting, a: string, b: string): Verdict {
  const oneMarkless = isMarkless(withoutCountry(policy, a)) !== isMarkless(withoutCountry(policy, b));
  const loose = [normaliseAddress(policy, a, 'loose'), normaliseAddress(policy, b, 'loose')] as const;
  const strict = flat(loose[0]) === flat(loose[1]);
  const reading = oneMarkless && !strict ? 'folded' : 'loose';
  const index = addressIndex(policy, reading);
  const [left, right] =
    reading === 'loose'
      ? loose
      : [normaliseAddress(policy, a, reading), normaliseAddress(policy, b, reading)];
  if (flat(left).trim() === '' || flat(right).trim() === '') {
    return judge(
      [doubt('không có chữ hoặc số để so sánh', 'no letters or digits to compare')],
      0,
      setting.personFrom,
    );
  }
  if (strict) {
    const why = say(
      'chỉ khác viết tắt, chữ hoa, dấu câu hoặc cách đặt dấu',
      'only abbreviations, case, punctuation or the place of marks differ',
    );
    return { outcome: 'equivalent', score: 1, why };
  }
  // One side only: two old communes that became one are two places, each written under its own name.
  const renamed = (from: NormalisedAddress, to: NormalisedAddress) =>
    flat(renamedInto(index, from)) === flat(to);
  if (reading === 'loose' && (renamed(left, right) || renamed(right, left))) {
    const why = say(
      'đơn vị hành chính đổi tên, đã có trong danh mục',
      'the administrative unit was renamed, as the catalogue says',
    );
    return { outcome: 'equivalent', score: 1, why };
  }
  const lost = oneMarkless ? [doubt('một bên viết không dấu', 'one side is written without diacritics')] : [];
  const regrouped = (left.district === undefined) !== (right.district === undefined);
  const concerns = [
    ...lost,
    ...provinceConcerns(index, left, right),
    ...districtConcerns(left, right, setting.personFrom),
    ...communeConcerns(index, left, right, setting.personFrom, regrouped),
    ...localConcerns(left.local, right.local, setting.personFrom, regrouped),
  ];
  const words = (address: NormalisedAddress) =>
    flat(address)
      .split(' ')
      .filter((word) => word !== '|' && word !== '');
  const score = Math.max(wordsInCommon(words(left), words(right)), likeness(flat(left), flat(right)));
  const moved = doubt(
    'các phần của địa chỉ sắp xếp khác nhau',
    'the parts of the address are arranged otherwise',
  );
  return judge(concerns.length > 0 ? concerns : [moved], score, setting.personFrom);
}

/** A country that a form added says nothing of how the rest was typed. */
const withoutCountry = ({ address: { countries } }: MatchingPolicy, text: string): string => {
  const plain = text.normalize('NFC').trim();
  const country = countries.find((name) => plain.toLowerCase().endsWith(name));
  return country === undefined ? text : plain.slice(0, plain.length - country.length);
};

/** One line for one address: equal lines are equal addresses. */
const flat = ({ local, commune, district, province }: NormalisedAddress): string =>
  [local.join(' '), ...[commune, district].map((p) => `${p?.label ?? ''} ${p?.name ?? ''}`), province ?? '']
    .map((part) => part.trim())
    .join(' | ')
    .replace(/^[| ]+$/, '');
