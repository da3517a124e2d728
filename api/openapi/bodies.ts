import type { Dossier } from '../../schemas/dossier.ts';

const taskId = (id: string) => ({ taskId: id });
const person = { name: 'Nguyễn Thị Minh', number: '001099000001', nationality: 'VN' };

/** Form TK02 of an invented organisation. */
const dossier: Dossier = {
  registrant: { ...person, kind: 'LEGAL_REPRESENTATIVE', accountLevel: 2, mobile: '0900000000' },
  organisation: {
    nameVi: 'Công ty TNHH Ví Dụ',
    establishedOn: '2020-05-06',
    address: { text: 'Số 1 đường Ví Dụ', commune: 'HY-DINH-DU' },
    code: '0900000001',
    taxCode: '0900000001',
    representative: person,
    category: 'ENTERPRISE',
    facets: [],
    establishedInVietnam: true,
  },
  otherRepresentatives: [],
  undertaking: true,
  containsStateSecret: false,
};

const lockForm = {
  action: 'LOCK',
  authority: {
    kind: 'PROCEEDING_AGENCY',
    contact: { id: 'authority-hy-1', name: 'Cơ quan Cảnh sát điều tra' },
  },
  number: '10000000001',
  organisation: 'Công ty TNHH Ví Dụ',
  document: { number: '12/QĐ-CSĐT', date: '2025-04-02' },
  reason: 'Phục vụ công tác điều tra',
  signedBy: 'Thủ trưởng cơ quan',
};

const colleague = { to: { id: 'officer-cax-hy-dinh-du-2' }, note: 'Đi công tác' };
const statedNote = (note: string) => ({ note });

const asking = {
  body: 'FINANCE',
  place: 'HY',
  questions: [
    { id: 'exists', kind: 'EXISTENCE' },
    { id: 'address', kind: 'ADDRESS', claimed: 'Số 1 đường Ví Dụ' },
  ],
  reason: 'Đối chiếu hồ sơ đề nghị cấp tài khoản',
};

/** What could be said with each command, by its type. */
export const commandExamples: Readonly<Record<string, object>> = {
  FileRequest: { channel: 'VNEID_APP', reception: 'CAX-HY-DINH-DU', dossier },
  DraftDossier: { channel: 'VNEID_WEB', dossier },
  ReviseDraft: { dossier },
  ResubmitRequest: { dossier },
  SubmitRequest: {},
  GiveConsent: statedNote('Tôi đồng ý'),
  RefuseConsent: statedNote('Tôi không đồng ý'),
  WithdrawConsent: {},
  AcceptDossier: taskId('receive-1'),
  ReturnDossier: { ...taskId('receive-1'), reasons: ['INCOMPLETE_DOSSIER'], note: 'Thiếu mã số thuế' },
  RefuseDossier: { ...taskId('receive-1'), reasons: ['NOT_ELIGIBLE'] },
  WithdrawRequest: statedNote('Chưa có nhu cầu'),
  EndWaitEarly: {
    queryId: 'registration-0196.TAX.1',
    note: 'Cơ quan thuế báo hệ thống ngừng trong hai ngày',
  },
  ResolveSilence: {
    ...taskId('resolve-silence-1'),
    action: 'RETRY',
    note: 'Hỏi lại cơ sở dữ liệu',
  },
  ResolveMismatch: {
    ...taskId('resolve-mismatch-1'),
    action: 'GO_LOCAL',
    reasons: [],
    note: 'Cần xác minh tại địa phương',
  },
  RecordFindings: {
    ...taskId('verify-1'),
    result: 'PASS',
    findings: 'Có trụ sở và hoạt động tại địa chỉ đã khai',
    reasons: [],
  },
  ConfirmFindings: { ...taskId('confirm-1'), confirmed: true },
  ProposeIssuance: { ...taskId('propose-1'), list: 'Danh sách 01' },
  DecideRequest: { ...taskId('decide-1'), decision: 'APPROVE', reasons: [] },
  ClaimTask: { ...taskId('verify-1'), taskVersion: 1 },
  ReleaseTask: { ...taskId('verify-1'), note: 'Bận việc khác' },
  ReassignTask: { ...taskId('verify-1'), ...colleague },
  DelegateTask: { ...taskId('verify-1'), ...colleague },
  EscalateTask: { ...taskId('verify-1'), note: 'Đề nghị cấp trên hỗ trợ' },
  ResolveNotice: {
    ...taskId('deliver-notice-1'),
    action: 'HANDED_OVER',
    note: 'Đã thông báo trực tiếp tại trụ sở',
  },
  ActivateAccount: {},
  ActivateThroughCallCentre: statedNote('Đã xác nhận qua điện thoại'),
  LockOwnAccount: statedNote('Tạm ngừng sử dụng'),
  UnlockOwnAccount: {},
  LockForTermsViolation: statedNote('Vi phạm điều khoản sử dụng'),
  LiftTermsViolation: statedNote('Đã khắc phục'),
  DeclareEnd: { code: 'DISSOLVED', note: 'Tổ chức đã giải thể' },
  ResolveEndDeclaration: { ...taskId('review-end-1'), accepted: true, note: 'Đã kiểm tra hồ sơ giải thể' },
  SettleAcknowledgement: { ...taskId('chase-service-1'), note: 'Đơn vị đã xác nhận bằng văn bản' },
  ResolveChangeConflict: { ...taskId('review-change-1'), note: 'Cơ quan đăng ký đã đính chính' },
  ReviewOwner: { ...taskId('review-owner-1'), note: 'Người đại diện không thay đổi' },
  FileLockOrder: { channel: 'IN_PERSON_TK03', form: lockForm },
  ResubmitLockOrder: { form: lockForm },
  ReturnLockOrder: { ...taskId('forward-order-1'), note: 'Thiếu văn bản kèm theo' },
  ForwardLockOrder: taskId('forward-order-1'),
  DecideLockOrder: { ...taskId('decide-order-1'), decision: 'APPROVE' },
  WithdrawLockOrder: statedNote('Đã kết thúc xác minh'),
  ResolveOrder: { ...taskId('resolve-order-1'), action: 'RETRY', note: 'Thực hiện lại' },
  AskBody: { ...taskId('verify-1'), ...asking },
  OpenVerification: { ...asking, subject: { organisation: 'Công ty TNHH Ví Dụ', code: '0900000001' } },
  AnswerPart: { ...taskId('answer-verification-1'), answers: [{ question: 'exists', result: 'MATCH' }] },
  AnswerVerification: {
    ...taskId('answer-verification-1'),
    answers: [
      { question: 'exists', result: 'MATCH' },
      { question: 'address', result: 'MISMATCH', note: 'Đã chuyển trụ sở từ tháng 3 năm 2025' },
    ],
  },
  RefuseVerification: {
    ...taskId('answer-verification-1'),
    reason: 'NOT_COMPETENT',
    text: 'Thuộc thẩm quyền của Sở Nội vụ',
  },
  ChaseVerification: { ...taskId('chase-verification-1'), note: 'Đã gọi điện, hẹn trả lời trong ngày' },
  WithdrawVerification: statedNote('Đã có đủ giấy tờ'),
};

const item = { stream: 'registration-0f3c9a7be1d24c58a6b0', taskId: 'decide-1' };

/** Bodies of what is no single command, by operation. */
export const bodyExamples: Readonly<Record<string, object>> = {
  'claim-next': { kinds: ['VERIFY'] },
  'decide-registrations': { decision: 'APPROVE', reasons: [], items: [item] },
  'decide-proposal-list': { decision: 'APPROVE', reasons: [], items: [item] },
  'propose-on-list': { items: [{ ...item, taskId: 'propose-1' }] },
  'verify-proof': { token: 'eyJhbGciOiJFZERTQSIsInR5cCI6Im9yZ2VpZC1wcm9vZitqd3QifQ.e30.c2lnbmF0dXJl' },
};
