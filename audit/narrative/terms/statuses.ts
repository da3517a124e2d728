import type { AccountStatus } from '../../../schemas/account.ts';
import type { CaseType } from '../../../schemas/case.ts';
import type { LockOrderStatus } from '../../../schemas/lock-order.ts';
import type { RegistrationStatus } from '../../../schemas/registration.ts';
import type { VerificationStatus } from '../../../schemas/verification.ts';
import { type Both, both } from '../both.ts';
import { publicStatuses } from './account.ts';

type Terms<Code extends string> = Readonly<Record<Code, Both>>;

const none = both('chưa có', 'not there yet');

const registration: Terms<RegistrationStatus> = {
  NONE: none,
  DRAFT: both('đang soạn', 'draft'),
  AWAITING_CONSENT: both('chờ ý kiến người đại diện khác', 'awaiting the agreement of other representatives'),
  SUBMITTED: both('đã gửi, chờ tiếp nhận', 'submitted'),
  RETURNED: both('đã trả lại để bổ sung', 'returned for supplement'),
  DB_CHECK: both('đang đối chiếu cơ sở dữ liệu', 'being checked against the databases'),
  DB_FAILED: both('chưa khớp cơ sở dữ liệu', 'does not agree with the databases'),
  LOCAL_VERIFICATION: both('đang xác minh tại địa phương', 'local verification'),
  PENDING_PROPOSAL: both('chờ đề xuất', 'to be proposed'),
  PENDING_APPROVAL: both('chờ phê duyệt', 'to be decided'),
  ISSUED: both('đã cấp', 'issued'),
  COMPLETED: both('hoàn thành', 'completed'),
  REFUSED: both('bị từ chối', 'refused'),
  WITHDRAWN: both('đã rút', 'withdrawn'),
};

const account: Terms<AccountStatus | keyof typeof publicStatuses> = { NONE: none, ...publicStatuses };

const lockOrder: Terms<LockOrderStatus> = {
  NONE: none,
  RETURNED: both('đã trả lại để bổ sung', 'returned'),
  RECEIVED: both('đã tiếp nhận', 'received'),
  FORWARDED: both('đã chuyển C06', 'forwarded to C06'),
  APPROVED: both('đã phê duyệt', 'approved'),
  UNRESOLVED: both('chưa thực hiện được, chờ xử lý', 'not carried out, to be resolved'),
  CARRIED_OUT: both('đã thực hiện', 'carried out'),
  REFUSED: both('bị từ chối', 'refused'),
  WITHDRAWN: both('đã rút', 'withdrawn'),
  ENDED: both('kết thúc, không thực hiện', 'ended, not carried out'),
};

const verification: Terms<VerificationStatus> = {
  NONE: none,
  SENT: both('đã gửi, chờ trả lời', 'sent'),
  OVERDUE: both('quá hạn trả lời', 'overdue'),
  ANSWERED: both('đã trả lời', 'answered'),
  REFUSED: both('bị từ chối trả lời', 'refused'),
  WITHDRAWN: both('đã rút', 'withdrawn'),
};

const statuses: Readonly<Record<CaseType, Readonly<Record<string, Both>>>> = {
  registration,
  account,
  'lock-order': lockOrder,
  verification,
};

/** A status of a case in words. */
export const statusOf = (caseType: CaseType, status: string): Both =>
  statuses[caseType][status] ?? both(status, status);
