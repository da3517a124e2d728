import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { compareField } from './compare-field.ts';

const policy = await loadMatchingPolicy();

/** Words that mean the same, by what they mean. */
const dependents = [[''], ['Chi nhánh '], ['Văn phòng đại diện ', 'VPĐD ']];
const forms = [
  ['Công ty trách nhiệm hữu hạn ', 'Công ty TNHH ', 'Cty TNHH ', 'C.ty T.N.H.H '],
  ['Công ty trách nhiệm hữu hạn một thành viên ', 'Công ty TNHH MTV ', 'CTY TNHH 1 thành viên '],
  ['Công ty TNHH hai thành viên trở lên ', 'Công ty TNHH 2 thành viên trở lên '],
  ['Công ty cổ phần ', 'CTCP ', 'Công ty CP ', 'Cty CP '],
  ['Doanh nghiệp tư nhân ', 'DNTN '],
  ['Hợp tác xã ', 'HTX '],
  ['Công ty ', 'Cty '],
  ['Tổng công ty '],
];
const trades = [
  [''],
  ['Thương mại ', 'TM '],
  ['Thương mại và Dịch vụ ', 'TM & DV ', 'TM&DV '],
  ['Thương mại Dịch vụ ', 'TM DV ', 'TMDV '],
  ['Xây dựng ', 'XD '],
  ['Xăng dầu '],
  ['Đầu tư '],
  ['Công nghệ '],
  ['Công nghiệp '],
];
const names = [
  ['Minh Hưng', 'Minh  Hưng'],
  ['Minh Hùng'],
  ['Minh Hung'],
  ['Hưng Minh'],
  ['Minh Hưng Việt Nam', 'Minh Hưng VN'],
  ['Hoà Bình', 'Hòa Bình'],
  ['Hoá Bình', 'Hóa Bình'],
  ['Tường Vi'],
  ['Tường Vy'],
  ['Mỹ Hào', 'Mĩ Hào'],
];
const numbers = [[''], [' 1'], [' 2'], [' II'], [' A']];

type Part = { readonly meaning: number; readonly text: string };
const part = (list: readonly (readonly string[])[]): fc.Arbitrary<Part> =>
  fc
    .nat(list.length - 1)
    .chain((meaning) => fc.constantFrom(...(list[meaning] ?? [''])).map((text) => ({ meaning, text })));

const shape = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
);
const organisation = fc
  .tuple(part(dependents), part(forms), part(trades), part(names), part(numbers), shape)
  .map(([dependent, form, trade, name, number, as]) => {
    const parts = [dependent, form, trade, name, number];
    return {
      meanings: parts.map(({ meaning }) => meaning),
      text: as(parts.map(({ text }) => text).join('')),
    };
  });
const pair = fc.tuple(organisation, organisation);

test.prop([pair], { numRuns: 2000 })(
  'names of different organisations are never the same, whatever the spelling; spellings of one name always are',
  ([a, b]) => {
    const equal = a.meanings.join() === b.meanings.join();
    expect(compareField(policy, 'name_vi', a.text, b.text).band === 'same').toBe(equal);
  },
);

const spelled = part(names).chain((name) =>
  fc.tuple(part(dependents), part(forms), part(trades), part(numbers)).map((rest) => ({ name, rest })),
);
test.prop([spelled, fc.nat(4), fc.nat(20), fc.nat(20)], { numRuns: 2000 })(
  'one part of a name changed in meaning makes another name; changed in spelling, it does not',
  ({ name, rest: [dependent, form, trade, number] }, at, meaning, spelling) => {
    const parts = [dependent, form, trade, name, number];
    const lists = [dependents, forms, trades, names, numbers];
    const list = lists[at] ?? [['']];
    const chosen = meaning % list.length;
    const texts = list[chosen] ?? [''];
    const changed = parts.map((each, i) => (i === at ? (texts[spelling % texts.length] ?? '') : each.text));
    const before = parts.map(({ text }) => text).join('');
    const { band } = compareField(policy, 'name_vi', before, changed.join(''));
    expect(band === 'same').toBe(parts[at]?.meaning === chosen);
  },
);
