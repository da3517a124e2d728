import type {
  AskedBody,
  BodyOutcome,
  BodyQuestionKind,
  BodyRefusalReason,
  BodyResult,
} from '../../../schemas/body.ts';
import type { Channel, Reason } from '../../../schemas/enums.ts';
import type { Route } from '../../../schemas/policy.ts';
import type { CheckOutcome, OverriddenOutcome, RegistrationEvent } from '../../../schemas/registration.ts';
import type { RecordField, Registry, RegistryStatus } from '../../../schemas/registry.ts';
import { type Both, both } from '../both.ts';

type EventNamed<T extends RegistrationEvent['type']> = Extract<RegistrationEvent, { type: T }>['data'];
type Terms<Code extends string> = Readonly<Record<Code, Both>>;

export const channels: Terms<Channel> = {
  VNEID_APP: both('ứng dụng VNeID', 'the VNeID application'),
  VNEID_WEB: both('trang VNeID', 'the VNeID web site'),
  IN_PERSON_TK02: both('nộp trực tiếp phiếu TK02', 'form TK02 handed in'),
};

export const registries: Terms<Registry> = {
  BUSINESS: both('Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp', 'the national business register'),
  COOPERATIVE: both('cơ sở dữ liệu đăng ký hợp tác xã', 'the register of cooperatives'),
  TAX: both('cơ sở dữ liệu thuế', 'the tax register'),
  POPULATION: both('Cơ sở dữ liệu quốc gia về dân cư', 'the national population register'),
};

export const registryStatuses: Terms<RegistryStatus> = {
  ACTIVE: both('đang hoạt động', 'active'),
  SUSPENDED: both('tạm ngừng', 'suspended'),
  CEASED: both('ngừng hoạt động', 'ceased'),
  DISSOLVED: both('đã giải thể', 'dissolved'),
};

export const fields: Terms<RecordField> = {
  name_vi: both('tên tiếng Việt', 'Vietnamese name'),
  name_abbr: both('tên viết tắt', 'abbreviated name'),
  name_en: both('tên tiếng nước ngoài', 'foreign name'),
  address: both('địa chỉ trụ sở', 'address'),
  representative_name: both('họ tên người đại diện', 'name of the representative'),
  representative_id: both('số định danh người đại diện', 'number of the representative'),
  established_on: both('ngày thành lập', 'date of establishment'),
  tax_code: both('mã số thuế', 'tax code'),
  enterprise_code: both('mã số doanh nghiệp', 'enterprise code'),
};

export const checkOutcomes: Terms<CheckOutcome> = {
  MATCH: both('khớp', 'agrees'),
  UNCERTAIN: both('chưa chắc chắn, cần người xem', 'uncertain, a person decides'),
  MISMATCH: both('không khớp', 'does not agree'),
  NOT_FOUND: both('không có thông tin', 'holds nothing'),
  ENDED: both('tổ chức đã chấm dứt', 'the organisation has ended'),
};

export const overriddenOutcomes: Terms<OverriddenOutcome> = {
  MATCH: both('khớp', 'agreement'),
  MISMATCH: both('không khớp', 'disagreement'),
  NOT_FOUND: both('không có thông tin', 'nothing held'),
};

export const routes: Terms<Route> = {
  DIRECT: both('đề xuất cấp ngay', 'proposal at once'),
  LOCAL_VERIFICATION: both('xác minh tại địa phương', 'local verification'),
  PERSON_DECIDES: both('cán bộ xem xét điểm chưa khớp', 'an officer looks at what does not agree'),
  REFUSE: both('từ chối', 'refusal'),
};

export const reasons: Terms<Reason> = {
  NOT_ELIGIBLE: both('không thuộc đối tượng được cấp', 'not eligible'),
  DB_AUTHENTICATION_FAILED: both(
    'không xác thực được trong cơ sở dữ liệu',
    'could not be authenticated in the databases',
  ),
  LOCAL_VERIFICATION_FAILED: both('xác minh tại địa phương không đạt', 'local verification failed'),
  INCOMPLETE_DOSSIER: both('hồ sơ chưa đầy đủ', 'incomplete dossier'),
  REGISTRANT_NOT_LEVEL_2: both(
    'người đăng ký chưa có tài khoản mức độ 2',
    'the registrant has no account of level 2',
  ),
  REGISTRANT_NOT_AUTHORISED: both('người đăng ký không được ủy quyền', 'the registrant is not authorised'),
  OTHER_REP_CONSENT_MISSING: both(
    'thiếu sự đồng ý của người đại diện khác',
    'the agreement of another representative is missing',
  ),
  OTHER_REP_CONSENT_REFUSED: both('người đại diện khác không đồng ý', 'another representative refused'),
  ORG_NOT_ESTABLISHED_OR_REGISTERED_IN_VN: both(
    'tổ chức không được thành lập hoặc đăng ký hoạt động tại Việt Nam',
    'not established or registered in Viet Nam',
  ),
  FOREIGN_REP_WITHOUT_EID: both(
    'người đại diện nước ngoài chưa có định danh điện tử',
    'the foreign representative has no electronic identity',
  ),
  ORG_DISSOLVED_OR_CEASED: both('tổ chức đã giải thể hoặc ngừng hoạt động', 'dissolved or ceased'),
  NAME_MISMATCH: both('tên không khớp', 'the name does not agree'),
  TAX_CODE_MISMATCH: both('mã số thuế không khớp', 'the tax code does not agree'),
  ENTERPRISE_CODE_MISMATCH: both('mã số doanh nghiệp không khớp', 'the enterprise code does not agree'),
  REPRESENTATIVE_MISMATCH: both('người đại diện không khớp', 'the representative does not agree'),
  ADDRESS_MISMATCH: both('địa chỉ không khớp', 'the address does not agree'),
  ESTABLISHMENT_DATE_MISMATCH: both('ngày thành lập không khớp', 'the date of establishment does not agree'),
  ACCOUNT_ALREADY_EXISTS: both('tổ chức đã có tài khoản', 'the organisation has an account'),
  DUPLICATE_REQUEST: both('trùng yêu cầu', 'duplicate request'),
  FALSE_INFORMATION: both('khai báo không đúng sự thật', 'false information'),
};

export const stages: Terms<EventNamed<'RequestRefused'>['stage']> = {
  CONSENT: both('lấy ý kiến người đại diện', 'agreement of the representatives'),
  RECEPTION: both('tiếp nhận', 'reception'),
  DATABASES: both('đối chiếu cơ sở dữ liệu', 'the databases'),
  LOCAL_VERIFICATION: both('xác minh tại địa phương', 'local verification'),
  DECISION: both('phê duyệt', 'the decision'),
};

export const mismatchActions: Terms<EventNamed<'MismatchResolved'>['action']> = {
  TAKE_AS_MATCH: both('coi là khớp', 'taken as agreement'),
  RETURN: both('trả lại để bổ sung', 'returned for supplement'),
  REFUSE: both('từ chối', 'refused'),
  GO_LOCAL: both('chuyển xác minh tại địa phương', 'sent to local verification'),
};

export const findings: Terms<EventNamed<'FindingsRecorded'>['result']> = {
  PASS: both('đạt', 'pass'),
  FAIL: both('không đạt', 'fail'),
};

export const bodies: Terms<AskedBody> = {
  FINANCE: both('Sở Tài chính', 'the Department of Finance'),
  TAX_AUTHORITY: both('cơ quan thuế', 'the tax authority'),
  HOME_AFFAIRS: both('Sở Nội vụ', 'the Department of Home Affairs'),
  LICENSING: both('cơ quan cấp phép', 'the licensing body'),
  COMMUNE_COMMITTEE: both('Ủy ban nhân dân cấp xã', "the People's Committee of the commune"),
};

export const bodyOutcomes: Terms<BodyOutcome> = {
  MATCH: both('khớp', 'agrees'),
  MISMATCH: both('không khớp', 'does not agree'),
  NO_DATA: both('không có dữ liệu', 'no data'),
  REFUSED: both('từ chối trả lời', 'refused to answer'),
  WITHDRAWN: both('rút câu hỏi', 'question taken back'),
};

export const bodyResults: Terms<BodyResult> = {
  MATCH: bodyOutcomes.MATCH,
  MISMATCH: bodyOutcomes.MISMATCH,
  NO_DATA: bodyOutcomes.NO_DATA,
};

export const bodyQuestions: Terms<BodyQuestionKind> = {
  EXISTENCE: both('sự tồn tại của tổ chức', 'whether the organisation exists'),
  REPRESENTATIVE: both('người đại diện', 'the representative'),
  ADDRESS: both('địa chỉ', 'the address'),
  STATUS: both('tình trạng hoạt động', 'the status'),
  OTHER: both('nội dung khác', 'something else'),
};

export const bodyRefusals: Terms<BodyRefusalReason> = {
  NOT_COMPETENT: both('không thuộc thẩm quyền', 'not competent'),
  NO_LEGAL_BASIS: both('không có căn cứ pháp lý', 'no legal basis'),
  SECRET: both('thuộc bí mật', 'secret'),
  OTHER: both('lý do khác', 'another reason'),
};
