import { plain } from '../organisation.ts';
import { type Dirt, onFields, replaced } from './dirt.ts';
import { asTcvn3, keysOf } from './typing.ts';

/** One word of a text written otherwise; undefined when no word changes. */
const oneWord = (text: string, from: number, change: (word: string) => string): string | undefined => {
  const words = text.split(' ');
  const order = words.map((_, i) => (i + from) % words.length);
  const at = order.find((i) => change(words[i] ?? '') !== words[i]);
  return at === undefined ? undefined : words.map((word, i) => (i === at ? change(word) : word)).join(' ');
};

const otherTone: Readonly<Record<string, string>> = {
  ù: 'ú',
  ú: 'ù',
  à: 'á',
  á: 'à',
  ả: 'ã',
  ã: 'ả',
  ò: 'ó',
  ì: 'í',
  ề: 'ế',
  ị: 'ỉ',
  ạ: 'ả',
  ậ: 'ẩ',
  ồ: 'ố',
  ưng: 'ừng',
};
const wrongTone = (word: string): string => {
  const found = Object.entries(otherTone).find(([from]) => word.includes(from));
  return found ? word.replace(found[0], found[1]) : word;
};

/** The same organisation, which only a person can be sure of. */
export const doubts: readonly Dirt[] = [
  onFields('marks lost', 'DOUBT', ['name_vi'], plain),
  onFields('marks of the person lost', 'DOUBT', ['representative_name'], (text) => plain(text).toUpperCase()),
  onFields('marks of the address lost', 'DOUBT', ['address'], plain),
  onFields('d for d with stroke', 'DOUBT', ['name_vi'], (text) => replaced(text, [['Đ', 'D']])),
  onFields('wrong tone', 'DOUBT', ['name_vi'], (text, dice) => oneWord(text, dice.int(3) + 2, wrongTone)),
  onFields('wrong tone in the person’s name', 'DOUBT', ['representative_name'], (text, dice) =>
    oneWord(text, dice.int(3), wrongTone),
  ),
  onFields('Telex keys left', 'DOUBT', ['name_vi'], (text, dice) =>
    oneWord(text, 2 + dice.int(3), (word) => keysOf(word, 'telex')),
  ),
  onFields('VNI keys left', 'DOUBT', ['name_vi'], (text, dice) =>
    oneWord(text, 2 + dice.int(3), (word) => keysOf(word, 'vni')),
  ),
  onFields('TCVN3 letters', 'DOUBT', ['name_vi'], asTcvn3),
  onFields('letter doubled', 'DOUBT', ['name_vi'], (text, dice, { name }) => {
    const last = name.brand.split(' ').at(-1) ?? '';
    return dice.chance(0.5)
      ? text.replace(last, `${last}${last.at(-1) ?? ''}`)
      : text.replace(last, last.slice(0, -1));
  }),
  onFields('letters changed over', 'DOUBT', ['name_vi'], (text, _, { name }) => {
    const [first = ''] = name.brand.split(' ');
    const turned = `${first.slice(0, -2)}${first.at(-1) ?? ''}${first.at(-2) ?? ''}`;
    return first.length > 3 ? text.replace(first, turned) : undefined;
  }),
  onFields('letters misread', 'DOUBT', ['name_vi'], (text) =>
    replaced(text, [
      ['l', '1'],
      ['I', 'l'],
      ['O', '0'],
      ['rn', 'm'],
      ['nh', 'rih'],
    ]),
  ),
  onFields('linking word dropped', 'DOUBT', ['name_vi'], (text) => replaced(text, [[' và ', ' ']])),
  onFields('members not stated', 'DOUBT', ['name_vi'], (text) => replaced(text, [[' Một thành viên', '']])),
  onFields('trade not stated', 'DOUBT', ['name_vi'], (text, _, { name }) => {
    return name.trade === '' ? undefined : replaced(text, [[`${name.trade} `, '']]);
  }),
  onFields('legal form behind', 'DOUBT', ['name_vi'], (text, _, { name }) => {
    return name.branchIn === undefined && text.startsWith(`${name.form} `)
      ? `${text.slice(name.form.length + 1)} ${name.form}`
      : undefined;
  }),
  onFields('person’s name in another order', 'DOUBT', ['representative_name'], (text) => {
    const [family = '', ...rest] = text.split(' ');
    return rest.length === 0 ? undefined : [...rest, family].join(' ');
  }),
  onFields('middle name dropped', 'DOUBT', ['representative_name'], (text, _, { representative }) => {
    const words = text.split(' ');
    return representative.nationality === 'VN' && words.length === 3 ? `${words[0]} ${words[2]}` : undefined;
  }),
  onFields('old nine-digit number', 'DOUBT', ['representative_id'], (text) =>
    /^\d{12}$/.test(text) ? text.slice(3) : undefined,
  ),
  onFields('day and month changed over', 'DOUBT', ['established_on'], (text) => {
    const [year, month, day] = text.split('-');
    return month === day || Number(day) > 12 ? undefined : `${year}-${day}-${month}`;
  }),
  onFields('only the year', 'DOUBT', ['established_on'], (text) => text.slice(0, 4)),
  onFields('leading zero lost', 'DOUBT', ['tax_code', 'enterprise_code'], (text) => text.replace(/^0+/, '')),
  onFields('letter O for zero', 'DOUBT', ['tax_code'], (text) => text.replace('0', 'O')),
  onFields('hamlet not stated', 'DOUBT', ['address'], (text) => replaced(text, [[/^Thôn [^,]+, /u, '']])),
];
