const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đỗ', 'Bùi', 'Đặng', 'Ngô', 'Dương'];
const middles = ['Văn', 'Thị', 'Minh', 'Thu', 'Quang', 'Ngọc', 'Đức', 'Thanh', 'Hải'];
const givens = ['An', 'Bình', 'Chi', 'Dũng', 'Giang', 'Hạnh', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc', 'Quỳnh'];
const firsts = ['An', 'Bách', 'Cát', 'Diễm', 'Gia', 'Hòa', 'Khải', 'Lam', 'Mộc', 'Nhật', 'Phú', 'Quế', 'Sen'];
const seconds = [
  'Khê',
  'Lộc',
  'Miên',
  'Ngân',
  'Tường',
  'Phong',
  'Quân',
  'Sâm',
  'Uyên',
  'Vinh',
  'Đan',
  'Giao',
  'Hiên',
];

const at = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

/** An invented person's name; the same for the same number. */
export const personName = (n: number): string =>
  `${at(families, n)} ${at(middles, n * 4 + 1)} ${at(givens, n * 5 + Math.floor(n / 12))}`;

/** An invented brand of two syllables, different for every number below 169. */
export const brand = (n: number): string => `${at(firsts, n)} ${at(seconds, n + Math.floor(n / 13))}`;

/** Text without diacritics, as names and addresses for mail are written. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** Lines of business, Vietnamese and English. */
export const trades: readonly (readonly [string, string])[] = [
  ['Thương mại', 'Trading'],
  ['May mặc', 'Garment'],
  ['Cơ khí', 'Mechanical'],
  ['Vận tải', 'Transport'],
  ['Thực phẩm', 'Foods'],
  ['Xây dựng', 'Construction'],
  ['Bao bì', 'Packaging'],
  ['Điện tử', 'Electronics'],
  ['Nội thất', 'Furniture'],
  ['Dược liệu', 'Herbal'],
  ['In ấn', 'Printing'],
];

/** Legal forms of enterprises, Vietnamese and English. */
export const forms: readonly (readonly [string, string])[] = [
  ['Công ty TNHH', 'Company Limited'],
  ['Công ty cổ phần', 'Joint Stock Company'],
  ['Công ty TNHH MTV', 'Single-Member Company Limited'],
];

export const cooperatives: readonly string[] = [
  'Nông nghiệp',
  'Nhãn lồng',
  'Dịch vụ',
  'Hoa cây cảnh',
  'Nghệ',
];

/** Bodies with a tax code and no business registration, with their facet. */
export const taxed: readonly (readonly [string, string])[] = [
  ['Trường Tiểu học', 'SCHOOL'],
  ['Trường Mầm non', 'SCHOOL'],
  ['Trạm Y tế xã', 'STATE_AGENCY'],
  ['Ủy ban nhân dân xã', 'STATE_AGENCY'],
  ['Trường Trung học cơ sở', 'SCHOOL'],
];

/** Bodies with no registration and no tax code. */
export const others: readonly string[] = [
  'Hội Khuyến học làng',
  'Hội Người cao tuổi làng',
  'Hội Cựu chiến binh làng',
  'Ban Quản lý di tích đình',
];
