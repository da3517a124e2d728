import { allReplaced, type Dirt, onFields, replaced } from './dirt.ts';

const tones: readonly (readonly [string, string])[] = [
  ['òa', 'oà'],
  ['óa', 'oá'],
  ['ỏa', 'oả'],
  ['õa', 'oã'],
  ['ọa', 'oạ'],
  ['ỏe', 'oẻ'],
  ['óe', 'oé'],
  ['ủy', 'uỷ'],
  ['úy', 'uý'],
  ['ùy', 'uỳ'],
  ['ụy', 'uỵ'],
];
const vowels: readonly (readonly [string, string])[] = [
  ['Mỹ', 'Mĩ'],
  ['Kỹ', 'Kĩ'],
  ['Kỳ', 'Kì'],
  ['Quý', 'Quí'],
  ['Sỹ', 'Sĩ'],
];
const shortForms: readonly (readonly [string, string])[] = [
  ['Công ty TNHH Một thành viên', 'Công ty TNHH MTV'],
  ['Công ty TNHH', 'Cty TNHH'],
  ['Công ty cổ phần', 'CTCP'],
  ['Doanh nghiệp tư nhân', 'DNTN'],
  ['Hợp tác xã', 'HTX'],
  ['Trung học cơ sở', 'THCS'],
];
const longForms: readonly (readonly [string, string])[] = [
  ['Công ty TNHH', 'Công ty trách nhiệm hữu hạn'],
  ['Công ty cổ phần', 'CÔNG TY CỔ PHẦN'],
  ['Hợp tác xã', 'HỢP TÁC XÃ'],
];
const tradeWords: readonly (readonly [string, string])[] = [
  ['Thương mại và Dịch vụ', 'TM & DV'],
  ['Sản xuất và Thương mại', 'SX và TM'],
  ['Thương mại Dịch vụ', 'TM DV'],
  ['Thương mại', 'TM'],
  ['Vật liệu xây dựng', 'VLXD'],
  ['Xuất nhập khẩu', 'XNK'],
  ['Xây dựng', 'XD'],
];
const placeWords: readonly (readonly [string, string])[] = [
  ['đường ', 'Đ. '],
  ['phường ', 'P. '],
  ['thị trấn ', 'TT. '],
  ['huyện ', 'H. '],
  ['thị xã ', 'TX. '],
  ['thành phố ', 'TP. '],
  ['xã ', 'X. '],
  ['khu công nghiệp ', 'KCN '],
];

/** Differences that say nothing: another hand, another keyboard, another form. */
export const writing: readonly Dirt[] = [
  onFields('upper case', 'WRITING', ['name_vi', 'representative_name'], (text) => text.toUpperCase()),
  onFields('spaces', 'WRITING', ['name_vi', 'address'], (text) => ` ${text.replaceAll(' ', '  ')}`),
  onFields('decomposed marks', 'WRITING', ['name_vi', 'address', 'representative_name'], (text) =>
    text.normalize('NFD'),
  ),
  onFields('place of the tone mark', 'WRITING', ['name_vi', 'address', 'representative_name'], (text) => {
    return allReplaced(
      text,
      tones.map(([from, to]) => [new RegExp(`(?<![qQ])${from}(?!\\p{L})`, 'u'), to]),
    );
  }),
  onFields('i for y', 'WRITING', ['name_vi', 'address'], (text) => allReplaced(text, vowels)),
  onFields('legal form short', 'WRITING', ['name_vi'], (text) => replaced(text, shortForms)),
  onFields('legal form long', 'WRITING', ['name_vi'], (text) => replaced(text, longForms)),
  onFields('trade abbreviated', 'WRITING', ['name_vi'], (text) => replaced(text, tradeWords)),
  onFields('quotation marks round the name', 'WRITING', ['name_vi'], (text, _, { name }) => {
    return text.includes(name.brand) ? text.replace(name.brand, `“${name.brand}”`) : undefined;
  }),
  onFields('eth for d with stroke', 'WRITING', ['name_vi', 'address'], (text) => text.replaceAll('Đ', 'Ð')),
  onFields('address abbreviated', 'WRITING', ['address'], (text) => allReplaced(text, placeWords)),
  onFields('house number without its word', 'WRITING', ['address'], (text) =>
    replaced(text, [[/^Số (\d+), đường /u, '$1 ']]),
  ),
  onFields('province without its word', 'WRITING', ['address'], (text) =>
    replaced(text, [[', tỉnh ', ', ']]),
  ),
  onFields('country added', 'WRITING', ['address'], (text) => `${text}, Việt Nam`),
  onFields('house number with a zero', 'WRITING', ['address'], (text) =>
    replaced(text, [[/^Số (\d),/u, 'Số 0$1,']]),
  ),
  onFields('dashes for commas', 'WRITING', ['address'], (text) => text.replaceAll(', ', ' - ')),
  onFields('date day first', 'WRITING', ['established_on'], (text) =>
    replaced(text, [[/^(\d+)-(\d+)-(\d+)$/, '$3/$2/$1']]),
  ),
  onFields('date in words', 'WRITING', ['established_on'], (text) => {
    return replaced(text, [[/^(\d+)-(\d+)-(\d+)$/, 'ngày $3 tháng $2 năm $1']]);
  }),
  onFields('code with spaces', 'WRITING', ['tax_code', 'enterprise_code'], (text) =>
    replaced(text, [[/^(\d{4})(\d{3})/, '$1 $2 ']]),
  ),
  onFields('code with its label', 'WRITING', ['tax_code'], (text) => `MST: ${text}`),
  onFields('title before the name', 'WRITING', ['representative_name'], (text, _, { representative }) => {
    return representative.nationality === 'VN' && text.split(' ').length === 3 ? `Ông ${text}` : undefined;
  }),
];
