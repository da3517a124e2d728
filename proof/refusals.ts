import type { PublicStatus } from '../schemas/account-status.ts';
import type { ProofRefusal } from '../schemas/proof.ts';

type Told = { readonly vi: string; readonly en: string };

/** Every reason as a desk tells it, and what to do. */
export const refusals: Readonly<Record<ProofRefusal, Told & { readonly next: Told }>> = {
  NOT_A_PROOF: {
    vi: 'Mã này không phải là minh chứng đăng ký định danh.',
    en: 'This is no proof of registration.',
    next: {
      vi: 'Quét lại mã QR; tắt bộ gõ tiếng Việt khi máy quét nhập như bàn phím.',
      en: 'Scan the QR code again; switch the Vietnamese input method off where the scanner types.',
    },
  },
  UNKNOWN_KEY: {
    vi: 'Bộ khóa công khai không có khóa đã ký minh chứng này, hoặc khóa đã hết thời hạn.',
    en: 'The key set has no key that this was signed with, or the time of that key is over.',
    next: {
      vi: 'Tải lại bộ khóa công khai rồi yêu cầu xuất trình mã mới.',
      en: 'Fetch the published key set again and have a new proof shown.',
    },
  },
  BAD_SIGNATURE: {
    vi: 'Chữ ký không đúng: minh chứng bị giả mạo hoặc đã bị sửa.',
    en: 'The signature is wrong: the proof is forged or was changed.',
    next: { vi: 'Không chấp nhận; báo người phụ trách.', en: 'Do not accept it; tell whoever is in charge.' },
  },
  MALFORMED_CLAIMS: {
    vi: 'Nội dung minh chứng không đúng định dạng.',
    en: 'What the proof says does not have the expected shape.',
    next: { vi: 'Cập nhật phần mềm kiểm tra.', en: 'Update the verifier.' },
  },
  WRONG_ISSUER: {
    vi: 'Minh chứng do hệ thống khác cấp.',
    en: 'The proof was issued by another system.',
    next: { vi: 'Dùng bộ khóa của hệ thống đã cấp.', en: 'Use the key set of the system that issued it.' },
  },
  EXPIRED: {
    vi: 'Minh chứng đã hết hiệu lực.',
    en: 'The proof has expired.',
    next: { vi: 'Yêu cầu xuất trình mã mới.', en: 'Have a new proof shown.' },
  },
  NOT_YET_VALID: {
    vi: 'Minh chứng chưa có hiệu lực.',
    en: 'The proof is not valid yet.',
    next: { vi: 'Kiểm tra đồng hồ của máy.', en: 'Check the clock of this machine.' },
  },
  LOCKED: {
    vi: 'Tài khoản định danh của tổ chức đang bị khóa.',
    en: 'The account of the organisation is locked.',
    next: {
      vi: 'Không chấp nhận; chủ tài khoản xem căn cứ khóa trong tài khoản.',
      en: 'Do not accept it; the owner finds the grounds in the account.',
    },
  },
};

/** What the status of an account is called. */
export const statusNames: Readonly<Record<PublicStatus, Told>> = {
  ISSUED: { vi: 'Đã cấp, chưa kích hoạt', en: 'issued, not yet activated' },
  ACTIVATION_OVERDUE: { vi: 'Đã cấp, quá thời hạn kích hoạt', en: 'issued, activation overdue' },
  ACTIVE: { vi: 'Đã kích hoạt', en: 'active' },
  LOCKED: { vi: 'Đang bị khóa', en: 'locked' },
};
