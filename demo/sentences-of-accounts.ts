import { type Data, fixed, named, type Teller, text } from './telling.ts';

const ground = (data: Data) => {
  const { code, authority } = (data.ground ?? {}) as { code?: string; authority?: { name?: string } };
  return `${text(code)} (${text(authority?.name)})`;
};

const of = (data: Data, field: string): string =>
  text((data[field] as { number?: string } | undefined)?.number);

const accounts: Readonly<Record<string, Teller>> = {
  ActivationPeriodResumed: fixed(
    'Thời hạn kích hoạt tiếp tục sau khi mở khóa',
    'The activation period goes on after the lock',
    'activationClockOnLock',
  ),
  LockGroundPlaced: (data) => ({
    vi: `Ghi nhận căn cứ khóa: ${ground(data)}`,
    en: `Ground to lock: ${ground(data)}`,
    parameter: 'lockGrounds',
  }),
  LockGroundLifted: ({ code, why }) => ({
    vi: `Gỡ căn cứ khóa ${text(code)} (${text(why)})`,
    en: `Ground lifted: ${text(code)} (${text(why)})`,
    parameter: 'lockGrounds',
  }),
  AccountLocked: fixed('Khóa tài khoản', 'The account is locked', 'lockGrounds'),
  AccountUnlocked: fixed('Mở khóa tài khoản', 'The account is unlocked', 'lockGrounds'),
  OrderAnswered: named('outcome', 'Kết quả thực hiện đề nghị', 'What the order led to', 'authorityLift'),
  LockAcknowledged: named('service', 'Hệ thống đã thực hiện khóa', 'Obeyed by', 'relyingServices'),
  AcknowledgementOverdue: named(
    'service',
    'Hệ thống chưa xác nhận thực hiện khóa',
    'Not acknowledged in time by',
    'acknowledgeWithinMs',
  ),
  AcknowledgementSettled: named(
    'service',
    'Cán bộ xác nhận hệ thống đã thực hiện khóa',
    'An officer settled it with',
    'acknowledgeWithinMs',
  ),
  InformationChanged: named(
    'registry',
    'Cập nhật thông tin từ cơ sở dữ liệu',
    'Information updated from registry',
    'informationSources',
  ),
  RegistryStatusTaken: ({ registry, status }) => ({
    vi: `Cơ sở dữ liệu ${text(registry)} ghi nhận tình trạng ${text(status)}`,
    en: `Registry ${text(registry)} says ${text(status)}`,
    parameter: 'registryGrounds',
  }),
  MergerTaken: named('registry', 'Ghi nhận sáp nhập theo', 'A merger, says registry', 'mergerGround'),
  ChangeConflictNoted: named(
    'registry',
    'Mã mới trùng với tổ chức khác, theo',
    'A new code belongs to another organisation, says registry',
    'informationSources',
  ),
  ChangeConflictResolved: fixed('Đã xử lý mã trùng', 'The conflict was resolved', 'informationSources'),
  EndDeclared: named('code', 'Tổ chức tự khai', 'The organisation declared', 'declaredEndCategories'),
  EndDeclarationResolved: named(
    'code',
    'C06 xem xét nội dung tự khai',
    'C06 looked at the declaration',
    'declaredEndCategories',
  ),
  OwnerReviewed: fixed(
    'C06 xác định người đại diện của tài khoản',
    'C06 settled who speaks for the account',
    'representativeChange',
  ),
};

const orders: Readonly<Record<string, Teller>> = {
  LockOrderFiled: ({ channel, form = {} }) => ({
    vi: `Nhận phiếu TK03 (${text((form as Data).action)}) qua ${text(channel)}, số ${of(form as Data, 'document')}`,
    en: `Form TK03 (${text((form as Data).action)}) through ${text(channel)}, no. ${of(form as Data, 'document')}`,
    parameter: 'lockOrderChannels',
  }),
  LockOrderResubmitted: fixed(
    'Nhận lại phiếu đã bổ sung',
    'The form came again, completed',
    'lockOrderFields',
  ),
  LockOrderReceived: fixed(
    'Phiếu đầy đủ, bắt đầu tính thời hạn',
    'Complete: the clock starts',
    'limitLockForward',
  ),
  LockOrderReturned: named('missing', 'Trả lại phiếu, còn thiếu', 'Returned, missing', 'lockOrderFields'),
  LockOrderForwarded: fixed('Chuyển C06', 'Forwarded to C06', 'limitLockForward'),
  LockOrderSentBack: fixed(
    'C06 trả lại đơn vị tiếp nhận',
    'Sent back to the receiving unit',
    'limitLockDecide',
  ),
  LockOrderApproved: named('authority', 'Phê duyệt', 'Approved by', 'decidingAuthority'),
  LockOrderRefused: named('reasons', 'Từ chối bằng văn bản', 'Refused in writing', 'decidingAuthority'),
  LockOrderWithdrawn: fixed('Cơ quan đề nghị rút phiếu', 'Withdrawn by the authority', 'lockOrderChannels'),
  OrderOutcomeRecorded: named('outcome', 'Kết quả thực hiện', 'Carried out with', 'lockGrounds'),
  LockOrderRetried: named('round', 'Thực hiện lại lần', 'Tried again, round', 'tasks'),
  LockOrderEnded: named('reasons', 'Kết thúc, không thực hiện được', 'Ended, not carried out', 'tasks'),
};

/** What the events of an account's life and of lock orders say. */
export const accountTellers: Readonly<Record<string, Teller>> = { ...accounts, ...orders };
