import type { AccountEvent } from '../../../schemas/account.ts';
import type { LockGround } from '../../../schemas/lock.ts';
import { type Both, en, listed, quoted, vi } from '../both.ts';
import { endInWords } from '../lengths.ts';
import { date, type Tellers, time } from '../teller.ts';
import {
  activatedThrough,
  activationClocks,
  becameTerms,
  ends,
  grounds,
  liftReasons,
  orderOutcomes,
  statusBecame,
} from '../terms/account.ts';
import { fields, registries, registryStatuses } from '../terms/registration.ts';
import { noticeTellers } from './notices.ts';
import { taskTellers } from './tasks.ts';

type Own = Exclude<AccountEvent, { type: keyof typeof taskTellers } | { type: keyof typeof noticeTellers }>;

/** On what paper, and until when. */
const resting = ({ document, until }: LockGround): Both => ({
  vi: vi`${document && vi`, văn bản số ${document.number} ngày ${date(document.date)}`}${until && vi`, đến ${time(until)}`}`,
  en: en`${document && en`, document no. ${document.number} of ${date(document.date)}`}${until && en`, until ${time(until)}`}`,
});

/** Values of fields, without personal numbers. */
const changed = (all: Extract<AccountEvent, { type: 'InformationChanged' }>['data']['fields']): Both =>
  listed(
    all.map(({ field, value, before, became }) => {
      const shown = field === 'representative_id' ? '***' : value;
      const earlier = before === undefined ? undefined : field === 'representative_id' ? '***' : before;
      return {
        vi: vi`${fields[field]}: ${earlier && vi`“${earlier}” → `}“${shown}” (${becameTerms[became]})`,
        en: en`${fields[field]}: ${earlier && en`“${earlier}” → `}“${shown}” (${becameTerms[became]})`,
      };
    }),
    '; ',
  );

const own: Tellers<Own> = {
  AccountOpened: ({ number, identity, owner, request }) => ({
    vi: vi`Mở tài khoản số ${number} cho ${identity.names.vi}, chủ tài khoản ${owner.name} (yêu cầu ${request})`,
    en: en`Account no. ${number} is opened for ${identity.names.vi}, owner ${owner.name} (request ${request})`,
    parameter: 'decidingAuthority',
  }),
  ActivationPeriodStarted: ({ period }) => ({
    vi: vi`Đã nhận thông báo kết quả lúc ${time(period.noticeReceivedAt)}; kích hoạt đến ${endInWords(period.dueAt)}`,
    en: en`The notice of the result was received at ${time(period.noticeReceivedAt)}; to be activated until ${endInWords(period.dueAt)}`,
    parameter: 'limitActivation',
  }),
  ActivationReminded: ({ reminder }) => ({
    vi: vi`Nhắc kích hoạt lần ${reminder}`,
    en: en`Reminder to activate, no. ${reminder}`,
    parameter: 'activationReminders',
  }),
  ActivationFellOverdue: ({ dueAt }) => ({
    vi: vi`Quá hạn kích hoạt từ ${time(dueAt)}; kích hoạt qua tổng đài`,
    en: en`Activation is overdue since ${time(dueAt)}; the call centre activates`,
    parameter: 'limitActivation',
  }),
  AccountActivated: ({ through, note }) => ({
    vi: vi`Kích hoạt tài khoản qua ${activatedThrough[through]}${quoted(note)}`,
    en: en`The account is activated through ${activatedThrough[through]}${quoted(note)}`,
    parameter: 'limitActivation',
  }),
  ActivationPeriodResumed: ({ period }) => ({
    vi: vi`Thời hạn kích hoạt tiếp tục sau khi mở khóa, đến ${endInWords(period.dueAt)}`,
    en: en`The activation period goes on after the lock, until ${endInWords(period.dueAt)}`,
    parameter: 'activationClockOnLock',
  }),
  LockGroundPlaced: ({ ground }) => ({
    vi: vi`Ghi nhận căn cứ khóa: ${grounds[ground.code]}, ${ground.authority.name}${resting(ground)}${quoted(ground.note)}`,
    en: en`A ground to lock: ${grounds[ground.code]}, ${ground.authority.name}${resting(ground)}${quoted(ground.note)}`,
    parameter: 'lockGrounds',
  }),
  LockGroundLifted: ({ code, why, order, note }) => ({
    vi: vi`Gỡ căn cứ khóa (${grounds[code]}) ${liftReasons[why]}${order && vi`, hồ sơ ${order}`}${quoted(note)}`,
    en: en`A ground is lifted (${grounds[code]}) ${liftReasons[why]}${order && en`, case ${order}`}${quoted(note)}`,
    parameter: 'lockGrounds',
  }),
  AccountLocked: ({ services, acknowledgeBy, activationClock }) => {
    const clock = activationClock === undefined ? undefined : activationClocks[activationClock];
    const whom = listed(services);
    const by = services.length > 0 ? acknowledgeBy : undefined;
    return {
      vi: vi`Khóa tài khoản${by && vi`; hệ thống phải xác nhận trước ${time(by)}: ${whom}`}${clock && vi`; ${clock}`}`,
      en: en`The account is locked${by && en`; to be acknowledged before ${time(by)} by ${whom}`}${clock && en`; ${clock}`}`,
      parameter: 'lockGrounds',
    };
  },
  AccountUnlocked: () => ({
    vi: 'Mở khóa tài khoản: không còn căn cứ khóa',
    en: 'The account is unlocked: no ground is left',
    parameter: 'lockGrounds',
  }),
  OrderAnswered: ({ order, round, outcome }) => ({
    vi: vi`Kết quả thực hiện đề nghị ${order} (lần ${round}): ${orderOutcomes[outcome]}`,
    en: en`What order ${order} led to (round ${round}): ${orderOutcomes[outcome]}`,
    parameter: 'authorityLift',
  }),
  LockAcknowledged: ({ service, acknowledgedAt }) => ({
    vi: vi`Dịch vụ ${service} xác nhận đã thực hiện khóa lúc ${time(acknowledgedAt)}`,
    en: en`Service ${service} acknowledged the lock at ${time(acknowledgedAt)}`,
    parameter: 'acknowledgeWithinMs',
  }),
  AcknowledgementOverdue: ({ service, dueAt }) => ({
    vi: vi`Dịch vụ ${service} chưa xác nhận thực hiện khóa, hạn ${time(dueAt)}`,
    en: en`Service ${service} has not acknowledged the lock, due ${time(dueAt)}`,
    parameter: 'acknowledgeWithinMs',
  }),
  AcknowledgementSettled: ({ service, note }) => ({
    vi: vi`Cán bộ xác nhận dịch vụ ${service} đã thực hiện khóa${quoted(note)}`,
    en: en`An officer settled that service ${service} obeys the lock${quoted(note)}`,
    parameter: 'acknowledgeWithinMs',
  }),
  InformationChanged: ({ registry, reference, changedAt, fields: all }) => ({
    vi: vi`${registries[registry]} báo thay đổi (số ${reference}, lúc ${time(changedAt)}): ${changed(all)}`,
    en: en`${registries[registry]} reports a change (reference ${reference}, of ${time(changedAt)}): ${changed(all)}`,
    parameter: 'informationSources',
  }),
  RegistryStatusTaken: ({ registry, status, reference, became }) => ({
    vi: vi`${registries[registry]} ghi nhận tổ chức ${registryStatuses[status]} (số ${reference}; ${statusBecame[became]})`,
    en: en`${registries[registry]} says that the organisation is ${registryStatuses[status]} (reference ${reference}; ${statusBecame[became]})`,
    parameter: 'registryGrounds',
  }),
  MergerTaken: ({ registry, reference, mergedInto }) => {
    const into = mergedInto.identificationNumber ?? mergedInto.code ?? mergedInto.taxCode;
    return {
      vi: vi`${registries[registry]} ghi nhận sáp nhập vào ${into} (số ${reference})`,
      en: en`${registries[registry]} says that it merged into ${into} (reference ${reference})`,
      parameter: 'mergerGround',
    };
  },
  ChangeConflictNoted: ({ registry, reference, heldBy }) => ({
    vi: vi`Mã mới theo ${registries[registry]} (số ${reference}) đang thuộc hồ sơ ${heldBy}`,
    en: en`A new code by ${registries[registry]} (reference ${reference}) belongs to case ${heldBy}`,
    parameter: 'informationSources',
  }),
  ChangeConflictResolved: ({ note }) => ({
    vi: vi`Cán bộ đã xử lý mã trùng${quoted(note)}`,
    en: en`An officer resolved the conflict of codes${quoted(note)}`,
    parameter: 'informationSources',
  }),
  EndDeclared: ({ code, note }) => ({
    vi: vi`Tổ chức tự khai ${ends[code]}${quoted(note)}`,
    en: en`The organisation declares its ${ends[code]}${quoted(note)}`,
    parameter: 'declaredEndCategories',
  }),
  EndDeclarationResolved: ({ code, accepted, note }) => ({
    vi: vi`C06 ${accepted ? 'chấp nhận' : 'không chấp nhận'} nội dung tự khai ${ends[code]}${quoted(note)}`,
    en: en`C06 ${accepted ? 'accepts' : 'does not accept'} the declared ${ends[code]}${quoted(note)}`,
    parameter: 'declaredEndCategories',
  }),
  OwnerReviewed: ({ owner, note }) => ({
    vi: vi`C06 xác định người đại diện của tài khoản${owner && vi`: ${owner.name}`}${quoted(note)}`,
    en: en`C06 settled who speaks for the account${owner && en`: ${owner.name}`}${quoted(note)}`,
    parameter: 'representativeChange',
  }),
};

export const accountTellers: Tellers<AccountEvent> = { ...own, ...taskTellers, ...noticeTellers };
