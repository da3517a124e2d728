import type { AccountEvent } from '../../../schemas/account.ts';
import type { PublicStatus } from '../../../schemas/account-status.ts';
import type { FieldChange } from '../../../schemas/change.ts';
import type { LockChannel } from '../../../schemas/enums.ts';
import type { LockGroundCode, OrderOutcome } from '../../../schemas/lock.ts';
import type { LockOrderField, OrderAction } from '../../../schemas/lock-order.ts';
import { type Both, both } from '../both.ts';

type Terms<Code extends string> = Readonly<Record<Code, Both>>;
type Named<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>['data'];

export const publicStatuses: Terms<PublicStatus> = {
  ISSUED: both('đã cấp, chưa kích hoạt', 'issued, not activated'),
  ACTIVATION_OVERDUE: both('quá hạn kích hoạt', 'activation overdue'),
  ACTIVE: both('đang hoạt động', 'active'),
  LOCKED: both('đang bị khóa', 'locked'),
};

export const grounds: Terms<LockGroundCode> = {
  OWNER_REQUEST: both('chủ tài khoản yêu cầu', 'request of the owner'),
  TERMS_VIOLATION: both('vi phạm điều khoản sử dụng', 'violation of the terms of use'),
  DISSOLVED: both('tổ chức giải thể', 'the organisation was dissolved'),
  OPERATION_CEASED: both('tổ chức ngừng hoạt động', 'the organisation ceased to operate'),
  PROCEEDING_AGENCY_REQUEST: both(
    'đề nghị của cơ quan tiến hành tố tụng',
    'request of an agency conducting proceedings',
  ),
  COMPETENT_AUTHORITY_REQUEST: both(
    'đề nghị của cơ quan có thẩm quyền khác',
    'request of another competent authority',
  ),
  SERVICE_USER_REQUEST: both('đề nghị của bên sử dụng dịch vụ', 'request of a service user'),
};

export const liftReasons: Terms<Named<'LockGroundLifted'>['why']> = {
  OWNER: both('theo yêu cầu của chủ tài khoản', 'at the request of the owner'),
  C06: both('C06 xác định đã khắc phục', 'C06 found that it was put right'),
  REGISTRY: both('theo cơ sở dữ liệu', 'by the word of the registry'),
  AUTHORITY: both('theo đề nghị của cơ quan có thẩm quyền', 'at the request of the authority'),
  TERM_ENDED: both('hết thời hạn khóa', 'the term of the lock ended'),
};

export const activationClocks: Terms<NonNullable<Named<'AccountLocked'>['activationClock']>> = {
  RUNS: both('thời hạn kích hoạt vẫn tính', 'the activation period runs on'),
  PAUSES: both('thời hạn kích hoạt tạm dừng', 'the activation period pauses'),
};

export const activatedThrough: Terms<Named<'AccountActivated'>['through']> = {
  VNEID: both('VNeID', 'VNeID'),
  CALL_CENTRE: both('tổng đài', 'the call centre'),
};

export const orderOutcomes: Terms<OrderOutcome> = {
  LOCKED: both('đã khóa', 'locked'),
  GROUND_ADDED: both(
    'đã bị khóa từ trước, ghi thêm căn cứ',
    'was locked already; the ground stands beside others',
  ),
  ALREADY_HELD: both('căn cứ này đã có', 'this ground was there already'),
  UNLOCKED: both('đã mở khóa', 'unlocked'),
  GROUND_LIFTED: both(
    'đã gỡ căn cứ, tài khoản còn bị khóa vì căn cứ khác',
    'ground lifted; others keep it locked',
  ),
  NOTHING_TO_LIFT: both('không có căn cứ nào để gỡ', 'nothing to lift'),
  DISSOLVED: both('tổ chức đã giải thể, không thay đổi gì', 'the organisation is dissolved, nothing changes'),
  NO_ACCOUNT: both('không có tài khoản', 'no account'),
  NOT_YET_OPEN: both(
    'yêu cầu cấp tài khoản đang giải quyết',
    'the request for the account is still under way',
  ),
  GROUND_DISABLED: both('căn cứ không được áp dụng', 'the ground is not in use'),
};

export const becameTerms: Terms<FieldChange['became']> = {
  CURRENT: both('giá trị hiện hành', 'current value'),
  EARLIER: both('giá trị cũ hơn giá trị đã biết', 'earlier than what was known'),
  OTHER_SOURCE: both('nguồn khác được ưu tiên', 'another source goes before'),
  SAME: both('không đổi', 'unchanged'),
};

export const statusBecame: Terms<Named<'RegistryStatusTaken'>['became']> = {
  CURRENT: both('tình trạng hiện hành', 'current'),
  EARLIER: both('cũ hơn tình trạng đã biết', 'earlier than what was known'),
};

export const ends: Terms<Named<'EndDeclared'>['code']> = {
  DISSOLVED: both('giải thể', 'dissolution'),
  OPERATION_CEASED: both('ngừng hoạt động', 'end of operation'),
};

export const lockChannels: Terms<LockChannel> = {
  IN_PERSON_TK03: both('nộp trực tiếp', 'handed in'),
  POST: both('bưu chính', 'post'),
};

export const orderActions: Terms<OrderAction> = {
  LOCK: both('khóa', 'lock'),
  UNLOCK: both('mở khóa', 'unlock'),
};

export const orderFields: Terms<LockOrderField> = {
  authority: both('cơ quan đề nghị', 'requesting authority'),
  number: both('số định danh của tổ chức', 'identification number'),
  organisation: both('tên tổ chức', 'organisation'),
  document: both('văn bản', 'document'),
  reason: both('lý do', 'reason'),
  signedBy: both('người ký', 'signatory'),
};
