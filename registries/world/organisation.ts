import type { OrganisationCategory } from '../../schemas/enums.ts';
import { personalNumberOf, taxCodeOf } from './codes.ts';
import type { Dice } from './dice.ts';
import { type Place, places } from './places.ts';
import * as words from './words.ts';

export type NameParts = {
  /** `Công ty TNHH`, `Hợp tác xã`, `Trường Tiểu học`. */
  readonly form: string;
  readonly members?: string;
  readonly trade: string;
  readonly brand: string;
  readonly suffix?: string;
  /** A branch carries the name of its parent. */
  readonly branchIn?: string;
};

export type AddressParts = {
  readonly house: string;
  /** `đường Lê Lợi`, `thôn Ngọc`, `khu công nghiệp Phố Nối A`. */
  readonly at: string;
  readonly place: Place;
};

/** An invented organisation as it is in truth. */
export type Organisation = {
  readonly n: number;
  readonly category: OrganisationCategory;
  readonly name: NameParts;
  readonly nameEn?: string;
  readonly nameAbbr?: string;
  readonly address: AddressParts;
  readonly representative: { readonly name: string; readonly number: string; readonly nationality: string };
  readonly establishedOn: string;
  /** Enterprise, cooperative or dependent-unit code. */
  readonly code?: string;
  readonly taxCode?: string;
};

const forms = [
  'Công ty TNHH',
  'Công ty TNHH',
  'Công ty TNHH',
  'Công ty cổ phần',
  'Công ty cổ phần',
  'Doanh nghiệp tư nhân',
];

/** Text without diacritics, as English and abbreviated names are written. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

export const brandOf = (dice: Dice): string => `${dice.pick(words.firsts)} ${dice.pick(words.seconds)}`;

export const personOf = (dice: Dice): string =>
  `${dice.pick(words.families)} ${dice.pick(words.middles)} ${dice.pick(words.givens)}`;

export function addressOf(dice: Dice, place: Place = dice.pick(places)): AddressParts {
  const kind = dice.int(4);
  const number = 1 + dice.int(240);
  if (kind === 0) return { house: `Thôn ${dice.pick(words.hamlets)}`, at: '', place };
  if (kind === 1) {
    return {
      house: `Lô ${dice.pick(['A', 'B', 'CN', 'D'])}${1 + dice.int(20)}`,
      at: `khu công nghiệp ${dice.pick(words.zones)}`,
      place,
    };
  }
  return { house: `Số ${number}`, at: `đường ${dice.pick(words.streets)}`, place };
}

/** One in five of a world is no enterprise; one enterprise in ten is a branch; one in twenty is led by a foreigner. */
export function organisationOf(n: number, dice: Dice): Organisation {
  const category = dice.pick<OrganisationCategory>([
    ...Array<OrganisationCategory>(12).fill('ENTERPRISE'),
    'COOPERATIVE',
    'COOPERATIVE',
    'TAXCODE_ORG',
    'OTHER_ORG',
  ]);
  const brand = brandOf(dice);
  const [trade, tradeEn] = dice.pick(words.trades);
  const foreign = category === 'ENTERPRISE' && dice.chance(0.05);
  const code = taxCodeOf(n);
  const branch = category === 'ENTERPRISE' && dice.chance(0.1);
  const own = branch ? `${code}-${String(1 + dice.int(20)).padStart(3, '0')}` : code;
  const name = nameOf(category, brand, trade, branch, dice);
  const enterprise = category === 'ENTERPRISE';
  return {
    n,
    category,
    name,
    ...(enterprise
      ? {
          nameEn: `${plain(brand)} ${tradeEn} ${name.form === 'Công ty cổ phần' ? 'Joint Stock Company' : name.form === 'Doanh nghiệp tư nhân' ? 'Private Enterprise' : 'Company Limited'}`,
        }
      : {}),
    ...(enterprise && dice.chance(0.6)
      ? {
          nameAbbr: `${plain(brand).replaceAll(' ', '').toUpperCase()}${name.form === 'Công ty cổ phần' ? ' JSC' : ' CO., LTD'}`,
        }
      : {}),
    address: addressOf(dice),
    representative: foreign
      ? { name: dice.pick(words.foreigners), number: `P${String(n).padStart(8, '0')}`, nationality: 'KR' }
      : { name: personOf(dice), number: personalNumberOf(n), nationality: 'VN' },
    establishedOn: `${1996 + dice.int(29)}-${String(1 + dice.int(12)).padStart(2, '0')}-${String(1 + dice.int(28)).padStart(2, '0')}`,
    ...(category === 'ENTERPRISE' || category === 'COOPERATIVE' ? { code: own } : {}),
    ...(category === 'OTHER_ORG' ? {} : { taxCode: own }),
  };
}

function nameOf(
  category: OrganisationCategory,
  brand: string,
  trade: string,
  branch: boolean,
  dice: Dice,
): NameParts {
  switch (category) {
    case 'ENTERPRISE': {
      const form = dice.pick(forms);
      const members = form === 'Công ty TNHH' && dice.chance(0.35) ? 'Một thành viên' : undefined;
      return {
        form,
        trade: dice.chance(0.8) ? trade : '',
        brand,
        ...(members === undefined ? {} : { members }),
        ...(dice.chance(0.12) ? { suffix: dice.pick(words.regions) } : {}),
        ...(branch ? { branchIn: dice.pick(['Hưng Yên', 'Hà Nội', 'Hải Dương']) } : {}),
      };
    }
    case 'COOPERATIVE':
      return { form: 'Hợp tác xã', trade: dice.pick(words.cooperatives), brand };
    case 'TAXCODE_ORG':
      return { form: dice.pick(words.taxed), trade: '', brand };
    case 'OTHER_ORG':
      return { form: dice.pick(words.others), trade: '', brand };
  }
}
