import { describe, expect, it } from 'vitest';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import type { MatchBand, MatchOutcome } from '../../schemas/matching.ts';
import type { RecordField } from '../../schemas/registry.ts';
import { compareField } from './compare-field.ts';

const policy = await loadMatchingPolicy();

type Pair = readonly [
  declared: string,
  registry: string,
  outcome: MatchOutcome,
  band: MatchBand,
  about: string,
];

const same = (outcome: 'equal' | 'equivalent', about: string, ...pairs: (readonly [string, string])[]) =>
  pairs.map(([a, b]): Pair => [a, b, outcome, 'same', about]);
const person = (about: string, ...pairs: (readonly [string, string])[]) =>
  pairs.map(([a, b]): Pair => [a, b, 'similar', 'person', about]);
const different = (about: string, ...pairs: (readonly [string, string])[]) =>
  pairs.map(([a, b]): Pair => [a, b, 'different', 'different', about]);

const tables: Partial<Record<RecordField, readonly Pair[]>> = {
  name_vi: [
    ...same('equal', 'identical', ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng']),
    ...same(
      'equivalent',
      'presentation',
      ['CÔNG TY TNHH MINH HƯNG', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH  Minh\u00a0Hưng ', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Minh Hưng'.normalize('NFD'), 'Công ty TNHH Minh Hưng'],
      ['CÔNG TY TNHH ÐÔNG Ð\u00d4', 'Công ty TNHH Đông Đô'],
      ['Công ty TNHH “Minh Hưng”', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Minh - Hưng', 'Công ty TNHH Minh Hưng'],
      ['Công ty\u200b TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
    ),
    ...same(
      'equivalent',
      'spelling',
      ['Công ty TNHH Hoà Bình', 'Công ty TNHH Hòa Bình'],
      ['Công ty TNHH Thuý Hằng', 'Công ty TNHH Thúy Hằng'],
      ['Công ty TNHH Khoẻ Đẹp', 'Công ty TNHH Khỏe Đẹp'],
      ['Công ty TNHH Kĩ thuật Mĩ Hào', 'Công ty TNHH Kỹ thuật Mỹ Hào'],
      ['Công ty TNHH Phú Quí', 'Công ty TNHH Phú Quý'],
    ),
    ...same(
      'equivalent',
      'legal form',
      ['Công ty trách nhiệm hữu hạn Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Cty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['C.ty T.N.H.H Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['CÔNG TY TNHH MTV MINH HƯNG', 'Công ty trách nhiệm hữu hạn một thành viên Minh Hưng'],
      ['Công ty TNHH 1 thành viên Minh Hưng', 'Công ty TNHH MTV Minh Hưng'],
      ['Công ty TNHH 2 thành viên trở lên Minh Hưng', 'Công ty TNHH hai thành viên trở lên Minh Hưng'],
      ['CTCP Dệt may Phố Hiến', 'Công ty cổ phần Dệt may Phố Hiến'],
      ['Cty CP Dệt may Phố Hiến', 'Công ty Cổ phần Dệt may Phố Hiến'],
      ['DNTN Hải Yến', 'Doanh nghiệp tư nhân Hải Yến'],
      ['HTX Nông nghiệp Đa Lộc', 'Hợp tác xã Nông nghiệp Đa Lộc'],
      ['Liên hiệp HTX Nhãn lồng', 'Liên hiệp hợp tác xã Nhãn lồng'],
      ['VPĐD Công ty TNHH Minh Hưng', 'Văn phòng đại diện Công ty TNHH Minh Hưng'],
    ),
    ...same(
      'equivalent',
      'words of trade',
      ['Công ty TNHH TM Minh Hưng', 'Công ty TNHH Thương mại Minh Hưng'],
      ['Công ty TNHH TM & DV Minh Hưng', 'Công ty TNHH Thương mại và Dịch vụ Minh Hưng'],
      ['Công ty TNHH TM&DV Minh Hưng', 'Công ty TNHH thương mại và dịch vụ Minh Hưng'],
      ['Công ty CP XD Phố Nối', 'Công ty cổ phần Xây dựng Phố Nối'],
      ['Công ty TNHH SX và XNK Minh Hưng', 'Công ty TNHH Sản xuất và Xuất nhập khẩu Minh Hưng'],
      ['Công ty TNHH VLXD Minh Hưng', 'Công ty TNHH Vật liệu xây dựng Minh Hưng'],
      ['Trường THCS Đa Lộc', 'Trường trung học cơ sở Đa Lộc'],
      ['UBND xã Đa Lộc', 'Ủy ban nhân dân xã Đa Lộc'],
      ['Uỷ ban nhân dân xã Đa Lộc', 'Ủy ban nhân dân xã Đa Lộc'],
      ['Công ty TNHH Sakura VN', 'Công ty TNHH Sakura Việt Nam'],
    ),
    ...person(
      'marks',
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hùng'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hừng'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hung'],
      ['CONG TY TNHH MINH HUNG', 'Công ty TNHH Minh Hưng'],
      ['Cong ty trach nhiem huu han Minh Hung', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Đông Á', 'Công ty TNHH Dông Á'],
    ),
    ...person(
      'broken letters are not guessed',
      ['C«ng ty TNHH Minh H\u00adng', 'Công ty TNHH Minh Hưng'],
      ['C«ng ty tr¸ch nhiÖm h÷u h¹n Minh Hng', 'Công ty TNHH Minh Hưng'],
      ['Coâng ty TNHH Minh Höng', 'Công ty TNHH Minh Hưng'],
      ['CÃ´ng ty TNHH Minh HÆ°ng', 'Công ty TNHH Minh Hưng'],
      ['C?ng ty TNHH Minh H?ng', 'Công ty TNHH Minh Hưng'],
      ['C\ufffdng ty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH АВС', 'Công ty TNHH ABC'],
    ),
    ...person(
      'words',
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Hưng Minh'],
      ['Công ty TNHH Minh Hưng', 'Minh Hưng Công ty TNHH'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH MinhHưng'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minhh Hưng'],
      ['Công ty TNHH Thương mại Minh Hưng', 'Công ty TNHH Thưong mại Minh Hưng'],
      ['Công ty TNHH Thương mại Dịch vụ Minh Hưng', 'Công ty TNHH Thương mại và Dịch vụ Minh Hưng'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng Việt Nam'],
      ['Công ty TNHH Xây dựng Minh Hưng', 'Công ty TNHH Thương mại Minh Hưng'],
      ['Công ty TNHH XD Minh Hưng', 'Công ty TNHH Xăng dầu Minh Hưng'],
      ['Công ty TNHH CN Minh Hưng', 'Công ty TNHH Công nghệ Minh Hưng'],
      ['Công ty TNHH CN Minh Hưng', 'Công ty TNHH Công nghiệp Minh Hưng'],
      ['Công ty TNHH ĐT Minh Hưng', 'Công ty TNHH Đầu tư Minh Hưng'],
      ['Công ty TNHH XD', 'Công ty TNHH Xây dựng'],
      ['Công ty TNHH MH', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Tường Vi', 'Công ty TNHH Tường Vy'],
    ),
    ...person(
      'legal form stated on one side only',
      ['Công ty Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH MTV Minh Hưng'],
      ['Tập đoàn Minh Hưng', 'Công ty cổ phần Tập đoàn Minh Hưng'],
      ['Trường Tiểu học II Đa Lộc', 'Trường Tiểu học 2 Đa Lộc'],
      ['Trường Mầm non Số Một', 'Trường Mầm non Số 1'],
    ),
    ...different(
      'legal form',
      ['Công ty CP Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH MTV Minh Hưng', 'Công ty TNHH hai thành viên trở lên Minh Hưng'],
      ['DNTN Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['HTX Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Tổng công ty Minh Hưng', 'Công ty cổ phần Minh Hưng'],
      ['CONG TY CP MINH HUNG', 'Công ty TNHH Minh Hưng'],
    ),
    ...different(
      'another unit',
      ['Chi nhánh Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Công ty TNHH Minh Hưng - Chi nhánh Hưng Yên', 'Công ty TNHH Minh Hưng'],
      ['Văn phòng đại diện Công ty TNHH Minh Hưng', 'Chi nhánh Công ty TNHH Minh Hưng'],
      ['Địa điểm kinh doanh số 1 - Công ty TNHH Minh Hưng', 'Công ty TNHH Minh Hưng'],
      ['Trường Mầm non Số 1 Đa Lộc', 'Trường Mầm non Số 2 Đa Lộc'],
      ['Công ty May 10', 'Công ty May 19'],
      ['Công ty CP May Hưng Yên', 'Công ty CP May Hưng Yên 2'],
      ['Công ty TNHH Phố Nối A', 'Công ty TNHH Phố Nối B'],
      ['Trường Tiểu học II Đa Lộc', 'Trường Tiểu học III Đa Lộc'],
      ['Trường Tiểu học II Đa Lộc', 'Trường Tiểu học 3 Đa Lộc'],
    ),
    ...different(
      'another name',
      ['Công ty TNHH Minh Hưng', 'Công ty TNHH An Phát'],
      ['Công ty TNHH Thương mại và Dịch vụ Minh Hưng', 'Công ty TNHH Thương mại và Dịch vụ An Phát'],
      ['Công ty TNHH Hồng Hà', 'Công ty TNHH Hộng Hạ'],
    ),
  ],
  name_en: [
    ...same(
      'equivalent',
      'form',
      ['Minh Hung Co., Ltd', 'MINH HUNG COMPANY LIMITED'],
      ['Minh Hung Trading & Services JSC', 'Minh Hung Trading and Services Joint Stock Company'],
      ['Sakura Viet Nam Co., Ltd.', 'Sakura Vietnam Company Limited'],
      ['Minh Hung One Member Co.,Ltd', 'Minh Hung Single Member Limited Liability Company'],
    ),
    ...person(
      'words',
      ['Minh Hung Corp', 'Minh Hung JSC'],
      ['Minh Hung Co., Ltd', 'Minh Hungg Co., Ltd'],
      ['Minh Hung Company', 'Minh Hung Company Limited'],
    ),
    ...different(
      'form',
      ['Minh Hung Joint Stock Company', 'Minh Hung Company Limited'],
      ['Minh Hung Co., Ltd', 'Minh Hung Co., Ltd - Hung Yen Branch'],
      ['Minh Hung Co., Ltd', 'Green Field Co., Ltd'],
    ),
  ],
  name_abbr: [
    ...same(
      'equivalent',
      'form',
      ['MINH HUNG CO., LTD', 'Minh Hung Co Ltd'],
      ['CTCP MH', 'Công ty cổ phần MH'],
    ),
    ...person('spacing', ['MINHHUNG', 'MINH HUNG']),
    ...different('another', ['MH1 JSC', 'MH2 JSC'], ['ABC', 'XYZ']),
  ],
  representative_name: [
    ...same(
      'equivalent',
      'presentation',
      ['NGUYỄN VĂN HOÀ', 'Nguyễn Văn Hòa'],
      ['Ông Nguyễn Văn Hòa', 'Nguyễn Văn Hòa'],
      ['Nguyễn  Văn Hòa'.normalize('NFD'), 'Nguyễn Văn Hòa'],
    ),
    ...person(
      'slips',
      ['Nguyen Van Hoa', 'Nguyễn Văn Hòa'],
      ['Nguyễn Văn Hưng', 'Nguyễn Văn Hùng'],
      ['Nguyễn Thị Lý', 'Nguyễn Thị Lí'],
      ['Nguyễn Văn An', 'Nguyễn Văn Anh'],
      ['Nguyễn Văn An', 'Nguyễn An'],
      ['John Smith', 'SMITH JOHN'],
      ['Ông Ích Khiêm', 'Ích Khiêm'],
      ['NguyÔn V¨n Hoµ', 'Nguyễn Văn Hòa'],
    ),
    ...different(
      'another person',
      ['Nguyễn Văn An', 'Trần Thị Bình'],
      ['Nguyễn Văn An', 'Trần Văn An'],
      ['Nguyễn Văn Hùng', 'Nguyễn Vân Hưng'],
    ),
  ],
  address: [
    ...same(
      'equivalent',
      'abbreviations',
      [
        'Số 5 Đ. Nguyễn Văn Linh, P. Hiến Nam, TP. Hưng Yên, T. Hưng Yên',
        'Số 5 đường Nguyễn Văn Linh, phường Hiến Nam, thành phố Hưng Yên, tỉnh Hưng Yên',
      ],
      [
        '05 Nguyễn Văn Linh, P.Hiến Nam, TP.Hưng Yên, Hưng Yên, Việt Nam',
        'Số 5 đường Nguyễn Văn Linh, phường Hiến Nam, thành phố Hưng Yên, tỉnh Hưng Yên',
      ],
      ['Thôn Ngọc, X. Lạc Đạo, H. Văn Lâm, Hưng Yên', 'thôn Ngọc xã Lạc Đạo huyện Văn Lâm tỉnh Hưng Yên'],
      [
        'Lô A1, KCN Phố Nối A, xã Lạc Đạo, Hưng Yên',
        'Lô A1 - Khu công nghiệp Phố Nối A, xã Lạc Đạo, tỉnh Hưng Yên',
      ],
      ['12/3 Lê Lợi, P5, Q3, TPHCM', '12/3 đường Lê Lợi, phường 5, quận 3, thành phố Hồ Chí Minh'],
      ['TT. Như Quỳnh, H. Văn Lâm, Hưng Yên', 'thị trấn Như Quỳnh, huyện Văn Lâm, tỉnh Hưng Yên'],
      ['TX. Mỹ Hào, Hưng Yên', 'thị xã Mĩ Hào, tỉnh Hưng Yên'],
      ['Tổ 3, TDP Phố Mới, P. An Tảo, Hưng Yên', 'Tổ 3, tổ dân phố Phố Mới, phường An Tảo, tỉnh Hưng Yên'],
    ),
    ...person(
      'not certain',
      [
        'Thon Ngoc, xa Lac Dao, huyen Van Lam, tinh Hung Yen',
        'thôn Ngọc, xã Lạc Đạo, huyện Văn Lâm, tỉnh Hưng Yên',
      ],
      ['xã Lạc Đạo, tỉnh Hưng Yên', 'xã Lạc Đạo, huyện Văn Lâm, tỉnh Hưng Yên'],
      ['xã Như Quỳnh, tỉnh Hưng Yên', 'xã Lạc Đạo, huyện Văn Lâm, tỉnh Hưng Yên'],
      ['thôn Ngọc, xã Lạc Đạo, tỉnh Hưng Yên', 'xã Lạc Đạo, tỉnh Hưng Yên'],
      ['thôn Ngọc, xã Thụy Anh, tỉnh Thái Bình', 'thôn Ngọc, xã Thụy Anh, tỉnh Hưng Yên'],
      ['Lô CN3, KCN Thăng Long II, Hưng Yên', 'Lô CN-3, KCN Thăng Long 2, Hưng Yên'],
      ['Km 5, QL5, xã Lạc Đạo, Hưng Yên', 'Km5, Quốc lộ 5, xã Lạc Đạo, Hưng Yên'],
      ['phường Dị Sử, tỉnh Hưng Yên', 'xã Dị Sử, tỉnh Hưng Yên'],
      ['5 phố Lê Lợi, phường Hiến Nam, Hưng Yên', '5 đường Lê Lợi, phường Hiến Nam, Hưng Yên'],
      ['Sè 5 §êng Lª Lîi', 'Số 5 đường Lê Lợi'],
      ['xã Lạc Đạo, Hưng Yên', 'xã Lạc Dạo, Hưng Yên'],
    ),
    ...different(
      'another place',
      ['Số 5 Lê Lợi, phường Hiến Nam, Hưng Yên', 'Số 15 Lê Lợi, phường Hiến Nam, Hưng Yên'],
      ['12/3 Lê Lợi, phường Hiến Nam, Hưng Yên', '1/23 Lê Lợi, phường Hiến Nam, Hưng Yên'],
      ['Lô A1, KCN Phố Nối A, Hưng Yên', 'Lô A1, KCN Phố Nối B, Hưng Yên'],
      ['Số 3 ngõ 5 Lê Lợi, Hưng Yên', 'Số 5 ngõ 3 Lê Lợi, Hưng Yên'],
      ['phường 1, quận 3, TP.HCM', 'phường 3, quận 1, TP.HCM'],
      ['xã Lạc Đạo, huyện Văn Lâm, tỉnh Hưng Yên', 'xã Tân Quang, huyện Văn Lâm, tỉnh Hưng Yên'],
      ['xã Tân Việt, huyện Yên Mỹ, tỉnh Hưng Yên', 'xã Tân Việt, huyện Khoái Châu, tỉnh Hưng Yên'],
      ['xã Tân Việt, tỉnh Hưng Yên', 'xã Tân Việt, tỉnh Lạng Sơn'],
    ),
  ],
  established_on: [
    ...same(
      'equivalent',
      'forms',
      ['2020-05-03', '03/05/2020'],
      ['2020-05-03', '3-5-2020'],
      ['2020-05-03T00:00:00Z', '03/05/2020'],
      ['ngày 03 tháng 5 năm 2020', '2020-05-03'],
    ),
    ...person(
      'doubt',
      ['2020-05-03', '05/03/2020'],
      ['2020', '2020-05-03'],
      ['31/02/2020', '2020-02-29'],
      ['03/05/20', '2020-05-03'],
    ),
    ...different('another day', ['2020-05-03', '2020-05-04'], ['2020-05-03', '2021-05-03']),
  ],
  tax_code: [
    ...same(
      'equivalent',
      'presentation',
      ['0102 345 678', '0102345678'],
      ['0102345678-001', '0102345678001'],
      ['MST: 0102345678', '0102345678'],
      ["'0102345678", '0102345678'],
      ['０１０２３４５６７８', '0102345678'],
    ),
    ...person(
      'damage',
      ['102345678', '0102345678'],
      ['1.02E+08', '0102345678'],
      ['102345678.0', '0102345678'],
      ['O102345678', '0102345678'],
    ),
    ...different(
      'another',
      ['0102345678', '0102345679'],
      ['0102345678', '0102345687'],
      ['0102345678', '0102345678-001'],
      ['0102345678-001', '0102345678-002'],
    ),
  ],
  enterprise_code: [
    ...same('equivalent', 'presentation', ['MSDN 0900.123.456', '0900123456']),
    ...different('another', ['0900123456', '0900123457']),
  ],
  representative_id: [
    ...same('equivalent', 'presentation', ['033 085 012345', '033085012345']),
    ...person('old number', ['145123456', '033085012345'], ['33085012345', '033085012345']),
    ...different('another', ['033085012345', '033085012346']),
  ],
};

describe.each(Object.entries(tables))('%s', (field, pairs) => {
  it.each(pairs.map(([a, b, outcome, band, about]) => ({ a, b, outcome, band, about })))(
    '$about: “$a” and “$b” are $outcome, $band',
    ({ a, b, outcome, band }) => {
      const there = compareField(policy, field as RecordField, a, b);
      const back = compareField(policy, field as RecordField, b, a);
      expect({ outcome: there.outcome, band: there.band }).toEqual({ outcome, band });
      expect({ outcome: back.outcome, band: back.band, score: back.score }).toEqual({
        outcome,
        band,
        score: there.score,
      });
      expect(there.why.vi).not.toBe('');
      expect(there.why.en).not.toBe('');
      expect(band === 'same').toBe(there.score === 1 && outcome !== 'similar');
    },
  );
});

it('the table holds more than eighty pairs', () => {
  expect(Object.values(tables).flat().length).toBeGreaterThan(120);
});
