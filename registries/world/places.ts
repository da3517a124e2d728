/** A commune as it was before 1 July 2025; `now` is where the list below says that it went. */
export type Place = {
  readonly commune: string;
  readonly district: string;
  readonly province: string;
  /** Commune and province since 1 July 2025, where a source names them. */
  readonly now?: { readonly commune: string; readonly province: string };
};

const hy = 'Hưng Yên';
const place = (
  commune: string,
  district: string,
  province: string,
  now?: string,
  nowIn = province,
): Place => ({
  commune,
  district,
  province,
  ...(now === undefined ? {} : { now: { commune: now, province: nowIn } }),
});

/**
 * Communes of Hưng Yên and its neighbours. Resolution 1666/NQ-UBTVQH15 Art 1(1)–(2) was seen for xã Tân Hưng and xã Hoàng Hoa
 * Thám; what became of the others is from look-up sites (S), or left out where nothing was found.
 */
export const places: readonly Place[] = [
  place('xã Thủ Sỹ', 'huyện Tiên Lữ', hy, 'xã Tân Hưng'),
  place('thị trấn Vương', 'huyện Tiên Lữ', hy, 'xã Hoàng Hoa Thám'),
  place('xã Hưng Đạo', 'huyện Tiên Lữ', hy, 'xã Hoàng Hoa Thám'),
  place('xã Nhật Tân', 'huyện Tiên Lữ', hy, 'xã Hoàng Hoa Thám'),
  place('xã An Viên', 'huyện Tiên Lữ', hy, 'xã Hoàng Hoa Thám'),
  place('thị trấn Lương Bằng', 'huyện Kim Động', hy, 'xã Lương Bằng'),
  place('xã Phạm Ngũ Lão', 'huyện Kim Động', hy, 'xã Lương Bằng'),
  place('xã Lạc Đạo', 'huyện Văn Lâm', hy, 'xã Lạc Đạo'),
  place('xã Chỉ Đạo', 'huyện Văn Lâm', hy, 'xã Lạc Đạo'),
  place('xã Đình Dù', 'huyện Văn Lâm', hy),
  place('thị trấn Như Quỳnh', 'huyện Văn Lâm', hy),
  place('thị trấn Văn Giang', 'huyện Văn Giang', hy, 'xã Văn Giang'),
  place('thị trấn Trần Cao', 'huyện Phù Cừ', hy, 'xã Quang Hưng'),
  place('phường An Tảo', 'thành phố Hưng Yên', hy, 'phường Phố Hiến'),
  place('phường Hiến Nam', 'thành phố Hưng Yên', hy, 'phường Phố Hiến'),
  place('phường Phùng Chí Kiên', 'thị xã Mỹ Hào', hy),
  place('xã Đa Lộc', 'huyện Ân Thi', hy),
  place('thị trấn Khoái Châu', 'huyện Khoái Châu', hy),
  place('xã Tân Việt', 'huyện Yên Mỹ', hy),
  place('xã Tân Tiến', 'huyện Văn Giang', hy),
  place('xã Thụy Hải', 'huyện Thái Thụy', 'Thái Bình', 'xã Thái Thụy', hy),
  place('xã Vũ Phúc', 'thành phố Thái Bình', 'Thái Bình', 'phường Vũ Phúc', hy),
  place('xã Minh Tân', 'huyện Kiến Xương', 'Thái Bình'),
  place('xã Tân Tiến', 'huyện Hưng Hà', 'Thái Bình'),
  place('xã Tân Việt', 'huyện Thanh Hà', 'Hải Dương'),
  place('xã Minh Tân', 'thị xã Kinh Môn', 'Hải Dương'),
  place('xã Đa Lộc', 'huyện Đồng Xuân', 'Phú Yên'),
  place('xã Tân Tiến', 'huyện Vĩnh Tường', 'Vĩnh Phúc'),
];
