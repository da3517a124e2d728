/** What is checked of a bundle, in the order in which a reader comes to it. */
export type Check =
  | 'FORMAT'
  | 'KEYS'
  | 'CHECKPOINT'
  | 'WITNESSES'
  | 'CONSISTENCY'
  | 'POLICIES'
  | 'EVENTS'
  | 'SCOPE'
  | 'TREE'
  | 'END'
  | 'SEAL';

type Texts = { readonly check: Check; readonly en: string; readonly vi: string };

/** Each way in which a bundle, or the proof of one event, can be wrong; `{about}` is what it is about. */
export const faultTexts = {
  LONG_LINE: { check: 'FORMAT', en: 'the line is longer than any can be', vi: 'dòng dài hơn mức cho phép' },
  NO_NEWLINE: { check: 'FORMAT', en: 'the last line has no end', vi: 'dòng cuối không có ký tự xuống dòng' },
  NOT_JSON: { check: 'FORMAT', en: 'the line is not JSON', vi: 'dòng không phải JSON' },
  NOT_A_LINE: {
    check: 'FORMAT',
    en: 'the line is not an object with one name',
    vi: 'dòng không phải đối tượng có đúng một tên',
  },
  NOT_CANONICAL: {
    check: 'FORMAT',
    en: 'the line is not written as canonical JSON (RFC 8785)',
    vi: 'dòng không ở dạng JSON chuẩn tắc (RFC 8785)',
  },
  NOT_ITS_SHAPE: {
    check: 'FORMAT',
    en: 'this is not what {about} is',
    vi: 'nội dung không đúng dạng của {about}',
  },
  MISSING: { check: 'FORMAT', en: '{about} is wanted here', vi: 'thiếu {about} ở đây' },
  UNWANTED: { check: 'FORMAT', en: 'nothing more is wanted here', vi: 'thừa nội dung ở đây' },
  NO_PROOF: { check: 'FORMAT', en: 'this is no proof of an event', vi: 'không phải chứng minh của sự kiện' },
  NO_SUBTREE: { check: 'FORMAT', en: 'this is no part of a tree', vi: 'không phải một phần của cây băm' },
  NO_KEY: { check: 'KEYS', en: 'this is no key of a log', vi: 'không phải khóa của nhật ký' },
  NO_ROTATION: {
    check: 'KEYS',
    en: 'this is no rotation that both keys signed',
    vi: 'không phải việc thay khóa do cả hai khóa ký',
  },
  STRANGER: {
    check: 'KEYS',
    en: 'the key {about} does not follow from one that is trusted',
    vi: 'khóa {about} không nối tiếp từ khóa được tin cậy',
  },
  NO_CHECKPOINT: { check: 'CHECKPOINT', en: 'this is no checkpoint', vi: 'không phải mốc xác nhận' },
  WRONG_SIGNATURE: {
    check: 'CHECKPOINT',
    en: 'the signature of {about} is wrong',
    vi: 'chữ ký của {about} không đúng',
  },
  UNTRUSTED: {
    check: 'CHECKPOINT',
    en: 'no trusted key of the log signed the checkpoint',
    vi: 'không có khóa được tin cậy nào của nhật ký ký mốc xác nhận',
  },
  FEW_WITNESSES: {
    check: 'WITNESSES',
    en: '{about} witnesses cosigned, which are not enough',
    vi: 'chỉ có {about} bên chứng kiến đồng ký, chưa đủ',
  },
  NO_HASH: {
    check: 'CONSISTENCY',
    en: 'the proof holds something that is no hash',
    vi: 'chứng minh có phần không phải mã băm',
  },
  NO_EARLIER: {
    check: 'CONSISTENCY',
    en: 'the earlier checkpoint is none that a trusted key signed',
    vi: 'mốc xác nhận trước không do khóa được tin cậy ký',
  },
  FORKED: {
    check: 'CONSISTENCY',
    en: 'the log does not go on from the checkpoint of {about} events',
    vi: 'nhật ký không nối tiếp từ mốc xác nhận {about} sự kiện',
  },
  NOT_SHOWN: {
    check: 'CONSISTENCY',
    en: 'nothing shows that the log goes on from your earlier checkpoint',
    vi: 'không có gì cho thấy nhật ký nối tiếp từ mốc xác nhận trước của bạn',
  },
  OTHER_POLICIES: {
    check: 'POLICIES',
    en: 'these are not the policies that the checkpoint vouches for',
    vi: 'đây không phải các chính sách mà mốc xác nhận bảo đảm',
  },
  OTHER_POLICY: {
    check: 'POLICIES',
    en: 'the policy {about} is not the one that was in force',
    vi: 'chính sách {about} không phải bản đã có hiệu lực',
  },
  NOT_IN_PLACE: { check: 'EVENTS', en: 'the event is not in its place', vi: 'sự kiện không đúng vị trí' },
  ALTERED: {
    check: 'EVENTS',
    en: 'the event was altered: its hash is another',
    vi: 'sự kiện đã bị sửa: mã băm không khớp',
  },
  NOT_CHAINED: {
    check: 'EVENTS',
    en: 'the event does not follow from the one before it',
    vi: 'sự kiện không nối tiếp sự kiện đứng trước',
  },
  LEFT_OUT: {
    check: 'SCOPE',
    en: 'events are left out before this place',
    vi: 'có sự kiện bị bỏ trước chỗ này',
  },
  NOT_IN_PERIOD: {
    check: 'SCOPE',
    en: 'the event was not recorded in the period',
    vi: 'sự kiện không được ghi trong khoảng thời gian đã nêu',
  },
  OTHER_CASE: { check: 'SCOPE', en: 'the event is of another case', vi: 'sự kiện thuộc hồ sơ khác' },
  OTHER_SIZE: {
    check: 'TREE',
    en: 'the events that are accounted for are {about}, not as many as were signed',
    vi: 'số sự kiện được tính đến là {about}, không bằng số đã ký',
  },
  OTHER_ROOT: {
    check: 'TREE',
    en: 'these are not the events of the log that was signed: the root is another',
    vi: 'đây không phải các sự kiện của nhật ký đã ký: gốc cây băm khác',
  },
  NOT_INCLUDED: {
    check: 'TREE',
    en: 'the event is not at this place of the log that was signed',
    vi: 'sự kiện không ở vị trí này trong nhật ký đã ký',
  },
  OTHER_DIGEST: {
    check: 'END',
    en: 'the bundle is not as it was written: its digest is another',
    vi: 'gói không còn như khi xuất: mã băm khác',
  },
  NO_SEAL: {
    check: 'SEAL',
    en: 'the seal is not of this bundle, or no trusted key made it',
    vi: 'niêm phong không phải của gói này, hoặc không do khóa được tin cậy lập',
  },
} as const satisfies Record<string, Texts>;
export type FaultCode = keyof typeof faultTexts;

type Where = { readonly position?: number; readonly stream?: string; readonly about?: string | number };

/** The first thing that does not hold. `line` counts from 1; `position` is that of the event. */
export class BundleFault extends Error {
  override readonly name = 'BundleFault';
  readonly code: FaultCode;
  readonly check: Check;
  readonly line: number;
  readonly position: number | undefined;
  readonly stream: string | undefined;
  readonly #about: string;

  constructor(code: FaultCode, line: number, { position, stream, about = '' }: Where = {}) {
    super(faultTexts[code].en.replace('{about}', String(about)));
    this.code = code;
    this.check = faultTexts[code].check;
    this.line = line;
    this.position = position;
    this.stream = stream;
    this.#about = String(about);
  }

  /** What is wrong, for people. */
  said(language: 'vi' | 'en'): string {
    return faultTexts[this.code][language].replace('{about}', this.#about);
  }
}
