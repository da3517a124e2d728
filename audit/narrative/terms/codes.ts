import { type Both, both } from '../both.ts';
import { checkOutcomes, fields, reasons, registries } from './registration.ts';

/** Why the system did something, as it says so in one word. */
const causes: Readonly<Record<string, Both>> = {
  RESOLVED_BY_PERSON: both('cán bộ đã xử lý', 'resolved by an officer'),
  ENDED_BY_PERSON: both('cán bộ kết thúc việc chờ', 'an officer ended the wait'),
  WAIT_ENDED: both('hết thời gian chờ', 'the wait is over'),
  NO_ANSWER: both('không có trả lời', 'no answer'),
  FAILED: both('không gửi được', 'failed'),
  OVERRIDDEN: both('bỏ qua', 'overridden'),
  REQUEST_REFUSED: both('yêu cầu bị từ chối', 'the request was refused'),
  DOSSIER_RETURNED: both('hồ sơ được trả lại', 'the dossier was returned'),
  REQUEST_COMPLETED: both('yêu cầu đã hoàn thành', 'the request is completed'),
  REQUEST_WITHDRAWN: both('yêu cầu đã rút', 'the request was withdrawn'),
  CONSENT_MISSING: both('thiếu sự đồng ý', 'agreement is missing'),
  REGISTRY_ANSWERED: both('cơ sở dữ liệu đã trả lời', 'the registry answered'),
  LOCK_ACKNOWLEDGED: both('dịch vụ đã xác nhận', 'the service acknowledged'),
  ACCOUNT_ACTIVATED: both('tài khoản đã kích hoạt', 'the account was activated'),
  ACCOUNT_UNLOCKED: both('tài khoản đã mở khóa', 'the account was unlocked'),
  ACCOUNT_DISSOLVED: both('tổ chức đã giải thể', 'the organisation is dissolved'),
  ORDER_REFUSED: both('đề nghị bị từ chối', 'the order was refused'),
  ORDER_ENDED: both('đề nghị kết thúc', 'the order ended'),
  ORDER_WITHDRAWN: both('đề nghị đã rút', 'the order was withdrawn'),
  ORDER_CARRIED_OUT: both('đề nghị đã thực hiện', 'the order was carried out'),
  VERIFICATION_ANSWERED: both('câu hỏi đã được trả lời', 'the question was answered'),
  VERIFICATION_REFUSED: both('cơ quan từ chối trả lời', 'the body refused'),
  VERIFICATION_WITHDRAWN: both('câu hỏi đã rút', 'the question was taken back'),
  NOT_NEEDED: both('không còn cần', 'no longer needed'),
  INFORMATION_NOT_IN_DATABASES: both(
    'thông tin chưa có trong cơ sở dữ liệu',
    'the information is not in the databases',
  ),
  REFUSED: both('từ chối trả lời', 'refused to answer'),
  NOT_AUTHORISED: both('bên hỏi không có quyền', 'the asker may not have it'),
  NOT_OUR_RECORD: both('cơ quan khác lưu giữ', 'another body keeps the record'),
  LEGAL_HOLD: both('hồ sơ bị phong tỏa', 'the record is closed by law'),
  UNANSWERABLE: both('thiếu dữ liệu để tra cứu', 'the question lacks what is needed to look it up'),
  COMMUNE: both('đơn vị của xã', 'the unit of the commune'),
};

const known: Readonly<Record<string, Both>> = {
  ...fields,
  ...registries,
  ...reasons,
  ...checkOutcomes,
  ...causes,
};

const decoded = (text: string, language: 'vi' | 'en'): string =>
  text.replaceAll(/\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*\b/g, (word) =>
    Object.hasOwn(known, word) ? (known[word]?.[language] ?? word) : word,
  );

/** A text of the system in which codes are written in words; what is no code stays as it is. */
export const inWords = (text: string): Both => ({ vi: decoded(text, 'vi'), en: decoded(text, 'en') });
