import { type Choices, choices } from '../../domain/testing/random.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';

/** As many as the country has: 34 provinces, about 3,300 communes. */
export const PROVINCES = 34;
export const COMMUNES = 97;
export const c06: UnitPlace = { unit: 'C06', name: 'C06', path: ['C06'] };

export const province = (p: number): UnitPlace => ({
  unit: `PC06-${p}`,
  name: `PC06 ${p}`,
  path: [`PC06-${p}`, 'C06'],
});
export const commune = (p: number, n: number): UnitPlace => ({
  unit: `CAX-${p}-${n}`,
  name: `Công an xã ${p}.${n}`,
  path: [`CAX-${p}-${n}`, ...province(p).path],
});

const forms = [
  'Công ty TNHH',
  'Công ty Cổ phần',
  'Công ty TNHH Một thành viên',
  'Hợp tác xã',
  'Doanh nghiệp tư nhân',
  'Trường Tiểu học',
  'Quỹ tín dụng nhân dân',
];
const trades = [
  'Thương mại',
  'Dịch vụ',
  'Xây dựng',
  'Sản xuất',
  'Vận tải',
  'Nông nghiệp',
  'Đầu tư',
  'Du lịch',
  'Cơ khí',
  'Dược phẩm',
  'Thủy sản',
  'Công nghệ',
  'Giáo dục',
  'May mặc',
  '',
  '',
];
const syllables =
  'An Anh Bách Bảo Bắc Bích Bình Cát Châu Chiến Cường Dũng Duy Đại Đạt Đăng Đình Đông Đồng Đức Gia Giang Hà Hải Hạnh Hào Hậu Hiền Hiếu Hòa Hoàn Hoàng Hồng Huệ Hùng Huy Hưng Hương Khải Khang Khánh Khoa Kiên Kim Kỳ Lam Lan Lâm Liên Linh Loan Long Lộc Lợi Luân Lực Lương Mai Mạnh Minh Mỹ Nam Nga Ngân Nghĩa Ngọc Nguyên Nhân Nhật Như Phát Phong Phú Phúc Phương Quân Quang Quốc Quý Sáng Sao Sơn Tài Tâm Tân Thái Thành Thắng Thanh Thiên Thịnh Thọ Thuận Thủy Tiến Toàn Trang Trí Trọng Trung Trường Tú Tuấn Tùng Tường Uyên Vân Việt Vinh Vũ Vương Xuân Yến Ý'.split(
    ' ',
  );

/** Names of organisations: few words in many combinations, as real ones are. */
export function nameOf(n: number): string {
  const c = choices(n * 7919 + 1);
  return [c.one(forms), c.one(trades), properOf(n)].filter(Boolean).join(' ');
}

/** The part of a name that is the organisation's own. */
export function properOf(n: number): string {
  const c = choices(n * 104_729 + 5);
  return [c.one(syllables), c.one(syllables), ...(c.once(3) ? [c.one(syllables)] : [])].join(' ');
}

export const taxCodeOf = (n: number): string => String(1_000_000_000 + n * 37).slice(0, 10);
export const streamOf = (n: number): string =>
  `registration-${n.toString(36)}-${(n * 2_654_435_761) % 2 ** 32}`;

/** Where case `n` is. */
export function placeOf(n: number): UnitPlace {
  const c = choices(n * 31 + 7);
  return commune(c.below(PROVINCES), c.below(COMMUNES));
}

export const anyCommune = (c: Choices): UnitPlace => commune(c.below(PROVINCES), c.below(COMMUNES));
