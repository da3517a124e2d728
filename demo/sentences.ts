import { accountTellers } from './sentences-of-accounts.ts';
import { type Data, dueOf, fixed, named, nameOf, type Sentence, type Teller, text } from './telling.ts';

const passed = (data: Data) => (data.result === 'PASS' ? ['Đạt', 'pass'] : ['Không đạt', 'fail']);

const tellers: Readonly<Record<string, Teller>> = {
  DossierDrafted: named(
    'channel',
    'Lập hồ sơ (mẫu TK02) qua kênh',
    'Form TK02 made out through',
    'acceptance',
  ),
  DraftRevised: fixed('Sửa hồ sơ', 'The draft was revised', 'acceptance'),
  ConsentAsked: fixed(
    'Hỏi ý kiến những người đại diện theo pháp luật khác',
    'The other legal representatives were asked',
    'consentChannels',
  ),
  ConsentGiven: fixed('Một người đại diện khác đồng ý', 'Another representative agreed', 'consentChannels'),
  ConsentRefused: fixed(
    'Một người đại diện khác không đồng ý',
    'Another representative refused',
    'consentRefused',
  ),
  ConsentWithdrawn: fixed(
    'Một người đại diện khác rút lại sự đồng ý',
    'Another representative took the agreement back',
    'consentWithdrawn',
  ),
  RequestBlocked: fixed('Hồ sơ dừng vì thiếu sự đồng ý', 'Blocked for want of agreement', 'consentRefused'),
  RequestSubmitted: fixed('Gửi yêu cầu', 'The request was submitted', 'acceptance'),
  RequestAccepted: ({ running }) => {
    const dueAt = dueOf(running);
    return {
      vi: `Tiếp nhận hồ sơ đầy đủ, hợp lệ; hạn ${dueAt}`,
      en: `Complete and valid: the clock starts; due ${dueAt}`,
      parameter: 'limitInDatabases',
    };
  },
  SupplementRequested: named(
    'reasons',
    'Yêu cầu bổ sung hồ sơ',
    'Returned for supplement',
    'clockOnSupplement',
  ),
  RequestResubmitted: fixed(
    'Nộp lại hồ sơ đã bổ sung',
    'Resubmitted with the supplement',
    'clockOnSupplement',
  ),
  RegistryAsked: named('registry', 'Hỏi cơ sở dữ liệu', 'Registry asked', 'registries'),
  RegistryAnswered: ({ registry, outcome }) => ({
    vi: `Cơ sở dữ liệu ${text(registry)} trả lời: ${text(outcome)}`,
    en: `Registry ${text(registry)} answered: ${text(outcome)}`,
    parameter: 'registries',
  }),
  RegistryFellSilent: named(
    'registry',
    'Cơ sở dữ liệu không trả lời; không coi là "không có"',
    'Registry silent; never read as "not found"',
    'registryAttempts',
  ),
  RegistryWaitExtended: named('registry', 'Chờ thêm cơ sở dữ liệu', 'Waiting longer for', 'registryAttempts'),
  RegistryOverridden: named(
    'registry',
    'Cán bộ quyết định đi tiếp không chờ cơ sở dữ liệu',
    'An officer goes on without registry',
    'registryAttempts',
  ),
  BodyAsked: named(
    'body',
    'Cán bộ hỏi cơ quan khác để xác minh',
    'An officer asks another body:',
    'limitVerification',
  ),
  BodyQuestionSent: fixed(
    'Câu hỏi đã đến cơ quan được hỏi',
    'The body has the question',
    'limitVerification',
  ),
  BodyAnswered: named(
    'outcome',
    'Việc hỏi cơ quan khác kết thúc',
    'The question to another body ended:',
    'limitVerification',
  ),
  MismatchResolved: named(
    'action',
    'Cán bộ xử lý điểm không khớp',
    'An officer resolved the mismatch',
    'routing',
  ),
  RouteChosen: ({ route, why }) => ({
    vi: `Hướng xử lý: ${text(route)} (${text(why)})`,
    en: `Route: ${text(route)} (${text(why)})`,
    parameter: 'routing',
  }),
  LimitChanged: ({ running }) => {
    const dueAt = dueOf(running);
    return {
      vi: `Thông tin chưa có trong cơ sở dữ liệu: áp dụng thời hạn dài hơn, hạn ${dueAt}`,
      en: `Not in the databases: the longer limit applies, due ${dueAt}`,
      parameter: 'limitNotInDatabases',
    };
  },
  FindingsRecorded: (data) => ({
    vi: `Cán bộ xác minh tại địa phương: ${passed(data)[0]}`,
    en: `Local verification: ${passed(data)[1]}`,
    parameter: 'tasks',
  }),
  FindingsConfirmed: (data) => ({
    vi: `Thủ trưởng đơn vị xác nhận: ${passed(data)[0]}`,
    en: `The head of the unit confirmed: ${passed(data)[1]}`,
    parameter: 'fourEyes',
  }),
  FindingsSentBack: fixed('Thủ trưởng đơn vị trả lại để xác minh lại', 'The head sent it back', 'fourEyes'),
  IssuanceProposed: named('list', 'C06 đưa vào danh sách đề xuất', 'C06 put it on a proposal list', 'tasks'),
  SentBackForVerification: fixed(
    'Cục trưởng yêu cầu xác minh lại',
    'The Director sent it back for verification',
    'decidingAuthority',
  ),
  RequestApproved: named('authority', 'Phê duyệt', 'Approved by', 'decidingAuthority'),
  RequestRefused: named('reasons', 'Từ chối', 'Refused', 'decidingAuthority'),
  NumberAllocated: named('number', 'Xác lập số định danh của tổ chức', 'Number allocated', 'requiredFields'),
  AccountIssued: named('account', 'Cấp tài khoản định danh điện tử', 'Account issued', 'decidingAuthority'),
  AccountOpened: fixed('Mở tài khoản', 'The account was opened', 'decidingAuthority'),
  RequestWithdrawn: fixed('Người đăng ký rút yêu cầu', 'Withdrawn by the registrant', 'acceptance'),
  RequestOverdue: (data) => ({
    vi: `Quá hạn giải quyết từ ${dueOf(data)}; vẫn phải giải quyết`,
    en: `Overdue since ${dueOf(data)}; still to be decided`,
    parameter: data.limit === 'NOT_IN_DATABASES' ? 'limitNotInDatabases' : 'limitInDatabases',
  }),
  ActivationPeriodStarted: ({ period }) => {
    const dueAt = dueOf(period);
    return {
      vi: `Đã nhận thông báo; kích hoạt trước ${dueAt}`,
      en: `Notice received; to be activated before ${dueAt}`,
      parameter: 'limitActivation',
    };
  },
  ActivationReminded: named(
    'reminder',
    'Nhắc kích hoạt lần',
    'Reminder to activate, no.',
    'activationReminders',
  ),
  ActivationFellOverdue: fixed(
    'Quá hạn kích hoạt, liên hệ tổng đài',
    'Activation overdue',
    'limitActivation',
  ),
  AccountActivated: named(
    'through',
    'Kích hoạt tài khoản qua',
    'Account activated through',
    'limitActivation',
  ),
  TaskOpened: ({ kind, unit }) => ({
    vi: `Giao việc ${text(kind)} cho ${text(unit)}`,
    en: `Task ${text(kind)} for ${text(unit)}`,
    parameter: 'tasks',
  }),
  TaskClaimed: (data) => ({
    vi: `${nameOf(data, 'holder')} nhận việc`,
    en: `${nameOf(data, 'holder')} took the task`,
    parameter: 'tasks',
  }),
  TaskReassigned: (data) => ({
    vi: `Phân công lại cho ${nameOf(data, 'to')}`,
    en: `Reassigned to ${nameOf(data, 'to')}`,
    parameter: 'fourEyes',
  }),
  TaskDelegated: (data) => ({
    vi: `Ủy quyền xử lý cho ${nameOf(data, 'to')}`,
    en: `Delegated to ${nameOf(data, 'to')}`,
    parameter: 'fourEyes',
  }),
  NoticeOrdered: named('template', 'Gửi thông báo', 'Notice sent', 'noticeChannels'),
  NoticeDelivered: named('channel', 'Thông báo đã đến qua', 'Notice received through', 'noticeChannels'),
  NoticeChannelFailed: named(
    'channel',
    'Không gửi được qua',
    'Could not be delivered through',
    'noticeChannels',
  ),
  NoticeUndeliverable: fixed('Không kênh nào gửi được', 'No channel delivers', 'noticeChannels'),
  NoticeHandedOver: fixed('Cán bộ thông báo trực tiếp', 'Handed over by a person', 'noticeChannels'),
  ...accountTellers,
};

/** An event in Vietnamese and English; one without words of its own is named by its type and its task. */
export function sentences({ type, data }: { readonly type: string; readonly data: Data }): Sentence {
  const teller = tellers[type] ?? named('taskId', type, type, 'tasks');
  return teller(data);
}
