/** A commune as of April 2025 with a street of it; `commune` and `reception` are codes of the unit catalogue. */
export type Place = {
  readonly commune: string;
  readonly reception: string;
  readonly name: string;
  readonly above: string;
  readonly street: string;
};

/** The ten units with ID-card sections that the dispatch names; their communes. */
export const places: readonly Place[] = [
  place('DINH-DU', 'xã Đình Dù', 'huyện Văn Lâm', 'thôn Thị Trung'),
  place('VAN-GIANG', 'thị trấn Văn Giang', 'huyện Văn Giang', 'phố Công Luận'),
  place('PHUNG-CHI-KIEN', 'phường Phùng Chí Kiên', 'thị xã Mỹ Hào', 'tổ dân phố Long Đằng'),
  place('YEN-MY', 'thị trấn Yên Mỹ', 'huyện Yên Mỹ', 'đường 39'),
  place('LUONG-BANG', 'thị trấn Lương Bằng', 'huyện Kim Động', 'phố Lương Bằng'),
  place('KHOAI-CHAU', 'thị trấn Khoái Châu', 'huyện Khoái Châu', 'đường Sài Thị'),
  place('DA-LOC', 'xã Đa Lộc', 'huyện Ân Thi', 'thôn Đa Lộc'),
  place('VUONG', 'thị trấn Vương', 'huyện Tiên Lữ', 'đường 38B'),
  place('TRAN-CAO', 'thị trấn Trần Cao', 'huyện Phù Cừ', 'phố Trần Cao'),
  place('AN-TAO', 'phường An Tảo', 'thành phố Hưng Yên', 'đường Chu Mạnh Trinh'),
];

function place(code: string, name: string, above: string, street: string): Place {
  return { commune: `HY-${code}`, reception: `CAX-HY-${code}`, name, above, street };
}

/** Communes without an ID-card section; people there file at a unit nearby, and the parent unit verifies. */
export const placesWithoutSection: readonly Place[] = [
  { ...place('LAC-DAO', 'xã Lạc Đạo', 'huyện Văn Lâm', 'thôn Đoan Khê'), reception: 'CAX-HY-DINH-DU' },
  {
    ...place('NHU-QUYNH', 'thị trấn Như Quỳnh', 'huyện Văn Lâm', 'phố Như Quỳnh'),
    reception: 'CAX-HY-DINH-DU',
  },
  {
    ...place('HIEN-NAM', 'phường Hiến Nam', 'thành phố Hưng Yên', 'đường Chùa Chuông'),
    reception: 'CAX-HY-AN-TAO',
  },
];

export const PC06 = 'PC06-HY';
