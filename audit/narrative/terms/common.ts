import type { CaseType } from '../../../schemas/case.ts';
import type { Confidence, NoticeChannel, Role } from '../../../schemas/enums.ts';
import type { NoticeTemplate } from '../../../schemas/registry.ts';
import type { TaskClimb, TaskEvent, TaskKind } from '../../../schemas/task.ts';
import { type Both, both } from '../both.ts';

type Terms<Code extends string> = Readonly<Record<Code, Both>>;

export const caseTypes: Terms<CaseType> = {
  registration: both(
    'Yêu cầu cấp tài khoản định danh điện tử',
    'Request for an electronic identification account',
  ),
  account: both('Tài khoản định danh điện tử của tổ chức', 'Electronic identification account'),
  'lock-order': both('Đề nghị khóa, mở khóa tài khoản (TK03)', 'Order to lock or unlock an account (TK03)'),
  verification: both('Đề nghị cơ quan khác xác minh', 'Question to another body'),
};

export const taskKinds: Terms<TaskKind> = {
  RECEIVE: both('tiếp nhận hồ sơ', 'receive the dossier'),
  RESOLVE_SILENCE: both('xử lý cơ sở dữ liệu không trả lời', 'resolve the silence of a registry'),
  RESOLVE_MISMATCH: both('xử lý điểm không khớp', 'resolve what does not agree'),
  VERIFY: both('xác minh tại địa phương', 'verify locally'),
  CONFIRM: both('xác nhận kết quả xác minh', 'confirm the findings'),
  PROPOSE: both('đề xuất cấp tài khoản', 'propose issuance'),
  DECIDE: both('quyết định', 'decide'),
  DELIVER_NOTICE: both('thông báo trực tiếp', 'deliver the notice'),
  RECEIVE_ORDER: both('tiếp nhận phiếu TK03', 'receive form TK03'),
  FORWARD_ORDER: both('chuyển phiếu đến C06', 'forward the order'),
  DECIDE_ORDER: both('quyết định đề nghị khóa, mở khóa', 'decide the order'),
  RESOLVE_ORDER: both('xử lý đề nghị không thực hiện được', 'resolve an order that could not be carried out'),
  CHASE_SERVICE: both('đôn đốc dịch vụ thực hiện khóa', 'chase a service that has not acknowledged'),
  REVIEW_CHANGE: both('xem xét thay đổi từ cơ sở dữ liệu', 'review a change of a registry'),
  REVIEW_OWNER: both('xác định người đại diện của tài khoản', 'review who speaks for the account'),
  REVIEW_END: both('xem xét việc tự khai chấm dứt', 'review a declared end'),
  ANSWER_VERIFICATION: both('trả lời câu hỏi xác minh', 'answer the question'),
  CHASE_VERIFICATION: both('đôn đốc cơ quan được hỏi', 'chase the body'),
};

export const roleNames: Terms<Role> = {
  REGISTRANT: both('người đăng ký', 'registrant'),
  REPRESENTATIVE: both('người đại diện', 'representative'),
  RECEPTION_OFFICER: both('cán bộ tiếp nhận', 'reception officer'),
  VERIFICATION_OFFICER: both('cán bộ xác minh', 'verification officer'),
  UNIT_HEAD: both('thủ trưởng đơn vị', 'head of the unit'),
  C06_OFFICER: both('cán bộ C06', 'officer of C06'),
  C06_DIRECTOR: both('Cục trưởng C06', 'Director of C06'),
  CALL_CENTRE: both('tổng đài', 'call centre'),
  BODY_OFFICER: both('cán bộ của cơ quan được hỏi', 'officer of the body'),
  AUTHORITY: both('cơ quan đề nghị', 'authority'),
  AUDITOR: both('kiểm toán viên', 'auditor'),
  SERVICE: both('hệ thống khác', 'another system'),
  SYSTEM: both('hệ thống', 'the system'),
};

export const noticeChannels: Terms<NoticeChannel> = {
  VNEID: both('VNeID', 'VNeID'),
  SMS: both('tin nhắn', 'text message'),
  EMAIL: both('thư điện tử', 'e-mail'),
};

export const notices: Terms<NoticeTemplate> = {
  CONSENT_ASKED: both('đề nghị cho ý kiến', 'agreement asked for'),
  DOSSIER_RETURNED: both('hồ sơ cần bổ sung', 'dossier returned'),
  REQUEST_REFUSED: both('từ chối cấp tài khoản', 'request refused'),
  ACCOUNT_ISSUED: both('kết quả cấp tài khoản', 'account issued'),
  ACTIVATION_REMINDER: both('nhắc kích hoạt', 'reminder to activate'),
  ACTIVATION_OVERDUE: both('quá hạn kích hoạt', 'activation overdue'),
  ACCOUNT_LOCKED: both('tài khoản bị khóa', 'account locked'),
  ACCOUNT_UNLOCKED: both('tài khoản được mở khóa', 'account unlocked'),
  LOCK_ORDER_RETURNED: both('phiếu TK03 cần bổ sung', 'order returned'),
  LOCK_ORDER_CARRIED_OUT: both('đề nghị đã thực hiện', 'order carried out'),
  LOCK_ORDER_REFUSED: both('từ chối đề nghị', 'order refused'),
  LOCK_ORDER_ENDED: both('đề nghị kết thúc, không thực hiện được', 'order ended'),
  LOCK_ORDER_WITHDRAWN: both('đề nghị đã rút', 'order withdrawn'),
  INFORMATION_CHANGED: both('thông tin được cập nhật', 'information changed'),
};

export const climbCauses: Terms<
  TaskClimb['cause'] | Extract<TaskEvent, { type: 'TaskEscalated' }>['data']['cause']
> = {
  PERSON: both('theo quyết định của cán bộ', 'by decision of an officer'),
  DUE_SOON: both('sắp hết hạn', 'close to the limit'),
  OVERDUE: both('quá hạn', 'past the limit'),
};

export const confidences: Terms<Confidence> = {
  V: both('đã đối chiếu nguyên văn', 'verbatim seen'),
  S: both('theo nguồn thứ cấp', 'secondary source'),
  P: both('theo văn bản trước đây', 'predecessor text only'),
  NF: both('không tìm thấy văn bản quy định', 'no text was found'),
  PROPOSAL: both('lựa chọn của hệ thống, không phải quy định', 'a choice of this system, no rule of law'),
};
