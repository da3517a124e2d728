import type { RegistrationEvent } from '../../../schemas/registration.ts';
import { en, listed, quoted, vi } from '../both.ts';
import { endInWords } from '../lengths.ts';
import { person, type Tellers, time } from '../teller.ts';
import { inWords } from '../terms/codes.ts';
import {
  bodies,
  bodyOutcomes,
  channels,
  checkOutcomes,
  fields,
  findings,
  mismatchActions,
  overriddenOutcomes,
  reasons,
  registries,
  registryStatuses,
  routes,
  stages,
} from '../terms/registration.ts';
import { noticeTellers } from './notices.ts';
import { taskTellers } from './tasks.ts';

type Own = Exclude<
  RegistrationEvent,
  { type: keyof typeof taskTellers } | { type: keyof typeof noticeTellers }
>;

const because = (codes: readonly (keyof typeof reasons)[]) => listed(codes.map((code) => reasons[code]));

const own: Tellers<Own> = {
  DossierDrafted: ({ channel, dossier: { organisation, registrant } }) => ({
    vi: vi`Lập hồ sơ (mẫu TK02) cho ${organisation.nameVi} qua ${channels[channel]}, người đăng ký ${registrant.name}`,
    en: en`Form TK02 is made out for ${organisation.nameVi} through ${channels[channel]}, registrant ${registrant.name}`,
    parameter: 'acceptance',
  }),
  DraftRevised: ({ dossier }) => ({
    vi: vi`Sửa hồ sơ của ${dossier.organisation.nameVi}`,
    en: en`The dossier of ${dossier.organisation.nameVi} is revised`,
    parameter: 'acceptance',
  }),
  ConsentAsked: ({ representatives }, telling) => {
    const whom = listed(representatives.map((id) => person(telling, id)));
    return {
      vi: vi`Hỏi ý kiến người đại diện theo pháp luật khác: ${whom}`,
      en: en`The other legal representatives are asked to agree: ${whom}`,
      parameter: 'consentChannels',
    };
  },
  ConsentGiven: ({ representative, note }, telling) => ({
    vi: vi`${person(telling, representative)} đồng ý${quoted(note)}`,
    en: en`${person(telling, representative)} agrees${quoted(note)}`,
    parameter: 'consentChannels',
  }),
  ConsentRefused: ({ representative, note }, telling) => ({
    vi: vi`${person(telling, representative)} không đồng ý${quoted(note)}`,
    en: en`${person(telling, representative)} does not agree${quoted(note)}`,
    parameter: 'consentRefused',
  }),
  ConsentWithdrawn: ({ representative, note }, telling) => ({
    vi: vi`${person(telling, representative)} rút lại sự đồng ý${quoted(note)}`,
    en: en`${person(telling, representative)} takes the agreement back${quoted(note)}`,
    parameter: 'consentWithdrawn',
  }),
  RequestBlocked: (data) => ({
    vi: vi`Hồ sơ dừng lại: ${because(data.reasons)}`,
    en: en`The request is blocked: ${because(data.reasons)}`,
    parameter: 'consentRefused',
  }),
  RequestSubmitted: () => ({
    vi: 'Gửi yêu cầu cấp tài khoản',
    en: 'The request is submitted',
    parameter: 'acceptance',
  }),
  RequestAccepted: ({ running }) => ({
    vi: vi`Tiếp nhận hồ sơ đầy đủ, hợp lệ; bắt đầu tính thời hạn, đến ${endInWords(running.dueAt)}`,
    en: en`The dossier is complete and valid and is accepted; the clock starts, until ${endInWords(running.dueAt)}`,
    parameter: running.kind === 'IN_DATABASES' ? 'limitInDatabases' : 'limitNotInDatabases',
  }),
  SupplementRequested: ({ reasons: codes, fields: missing, note }) => ({
    vi: vi`Trả lại để bổ sung: ${because(codes)}${missing.length > 0 ? ` (${missing.join(', ')})` : ''}${quoted(note)}`,
    en: en`Returned for supplement: ${because(codes)}${missing.length > 0 ? ` (${missing.join(', ')})` : ''}${quoted(note)}`,
    parameter: 'clockOnSupplement',
  }),
  RequestResubmitted: ({ dossier }) => ({
    vi: vi`Nộp lại hồ sơ đã bổ sung của ${dossier.organisation.nameVi}`,
    en: en`The supplemented dossier of ${dossier.organisation.nameVi} is submitted again`,
    parameter: 'clockOnSupplement',
  }),
  RegistryAsked: ({ registry, round, fields: asked }) => ({
    vi: vi`Hỏi ${registries[registry]} (lần ${round}) về ${listed(asked.map((field) => fields[field]))}`,
    en: en`${registries[registry]} is asked (round ${round}) about ${listed(asked.map((field) => fields[field]))}`,
    parameter: 'registries',
  }),
  RegistryAnswered: ({ registry, outcome, reference, status, fields: compared }) => {
    const unlike = compared.filter(({ band }) => band !== 'same').map(({ field }) => fields[field]);
    const which = unlike.length > 0 ? listed(unlike) : undefined;
    const life = status === undefined ? undefined : registryStatuses[status];
    return {
      vi: vi`${registries[registry]} trả lời (số ${reference}): ${checkOutcomes[outcome]}${which && vi` – ${which}`}${life && vi`; tình trạng ${life}`}`,
      en: en`${registries[registry]} answers (reference ${reference}): ${checkOutcomes[outcome]}${which && en` – ${which}`}${life && en`; status ${life}`}`,
      parameter: 'registries',
    };
  },
  RegistryFellSilent: ({ registry, attempts, detail, note }) => ({
    vi: vi`${registries[registry]} không trả lời sau ${attempts} lần hỏi (${inWords(detail)}); không coi là "không có"${quoted(note)}`,
    en: en`${registries[registry]} is silent after ${attempts} attempts (${inWords(detail)}); this is never read as "not found"${quoted(note)}`,
    parameter: 'registryAttempts',
  }),
  RegistryWaitExtended: ({ registry, until, note }) => ({
    vi: vi`Chờ thêm ${registries[registry]} đến ${time(until)}${quoted(note)}`,
    en: en`Waits for ${registries[registry]} until ${time(until)}${quoted(note)}`,
    parameter: 'registryAttempts',
  }),
  RegistryOverridden: ({ registry, outcome, document, note }) => {
    const found = outcome === undefined ? undefined : overriddenOutcomes[outcome];
    return {
      vi: vi`Cán bộ quyết định đi tiếp, không chờ ${registries[registry]}${found && vi`; kết quả theo giấy tờ: ${found}`}${document && vi` (${document})`}${quoted(note)}`,
      en: en`An officer goes on without ${registries[registry]}${found && en`; a paper shows: ${found}`}${document && en` (${document})`}${quoted(note)}`,
      parameter: 'registryAttempts',
    };
  },
  MismatchResolved: ({ action, note }) => ({
    vi: vi`Cán bộ xử lý điểm không khớp: ${mismatchActions[action]}${quoted(note)}`,
    en: en`An officer resolves what does not agree: ${mismatchActions[action]}${quoted(note)}`,
    parameter: 'routing',
  }),
  RouteChosen: ({ route, why }) => ({
    vi: vi`Hướng xử lý: ${routes[route]} (${inWords(why)})`,
    en: en`What follows: ${routes[route]} (${inWords(why)})`,
    parameter: 'routing',
  }),
  LimitChanged: ({ running, why }) => ({
    vi: vi`Áp dụng thời hạn dài hơn vì ${inWords(why)}; đến ${endInWords(running.dueAt)}`,
    en: en`The longer limit applies, since ${inWords(why)}; until ${endInWords(running.dueAt)}`,
    parameter: running.kind === 'IN_DATABASES' ? 'limitInDatabases' : 'limitNotInDatabases',
  }),
  FindingsRecorded: ({ result, reasons: codes, findings: text }) => ({
    vi: vi`Kết quả xác minh tại địa phương: ${findings[result]}${codes.length > 0 ? vi` – ${because(codes)}` : ''}${quoted(text)}`,
    en: en`Local verification: ${findings[result]}${codes.length > 0 ? en` – ${because(codes)}` : ''}${quoted(text)}`,
    parameter: 'tasks',
  }),
  FindingsConfirmed: ({ result, note }) => ({
    vi: vi`Thủ trưởng đơn vị xác nhận kết quả xác minh: ${findings[result]}${quoted(note)}`,
    en: en`The head of the unit confirms the findings: ${findings[result]}${quoted(note)}`,
    parameter: 'fourEyes',
  }),
  FindingsSentBack: ({ note }) => ({
    vi: vi`Thủ trưởng đơn vị trả lại để xác minh lại${quoted(note)}`,
    en: en`The head of the unit sends the findings back${quoted(note)}`,
    parameter: 'fourEyes',
  }),
  BodyAsked: ({ body, office, asking }) => ({
    vi: vi`Cán bộ hỏi ${bodies[body]} (${office.name}) trước khi xác minh: “${asking.reason}”`,
    en: en`An officer asks ${bodies[body]} (${office.name}) first: “${asking.reason}”`,
    parameter: 'limitVerification',
  }),
  BodyQuestionSent: ({ until }) => ({
    vi: vi`Câu hỏi đã đến cơ quan được hỏi, trả lời trước ${time(until)}`,
    en: en`The body has the question, to be answered before ${time(until)}`,
    parameter: 'limitVerification',
  }),
  BodyAnswered: ({ outcome, refusal }) => ({
    vi: vi`Việc hỏi cơ quan khác kết thúc: ${bodyOutcomes[outcome]}${quoted(refusal?.text)}`,
    en: en`The question to another body has ended: ${bodyOutcomes[outcome]}${quoted(refusal?.text)}`,
    parameter: 'limitVerification',
  }),
  IssuanceProposed: ({ list, note }) => ({
    vi: vi`C06 đưa vào danh sách đề xuất ${list}${quoted(note)}`,
    en: en`C06 puts it on proposal list ${list}${quoted(note)}`,
    parameter: 'tasks',
  }),
  SentBackForVerification: ({ reasons: codes, note }) => ({
    vi: vi`Cục trưởng yêu cầu xác minh lại${codes.length > 0 ? vi`: ${because(codes)}` : ''}${quoted(note)}`,
    en: en`The Director sends it back for verification${codes.length > 0 ? en`: ${because(codes)}` : ''}${quoted(note)}`,
    parameter: 'decidingAuthority',
  }),
  RequestApproved: ({ authority, note }) => ({
    vi: vi`Phê duyệt cấp tài khoản; thẩm quyền: ${authority}${quoted(note)}`,
    en: en`The request is approved; authority: ${authority}${quoted(note)}`,
    parameter: 'decidingAuthority',
  }),
  RequestRefused: ({ stage, reasons: codes, note }) => ({
    vi: vi`Từ chối tại bước ${stages[stage]}: ${because(codes)}${quoted(note)}`,
    en: en`The request is refused at ${stages[stage]}: ${because(codes)}${quoted(note)}`,
    parameter: stage === 'CONSENT' ? 'consentRefused' : 'decidingAuthority',
  }),
  NumberAllocated: ({ number }) => ({
    vi: vi`Xác lập số định danh của tổ chức: ${number}`,
    en: en`The identification number of the organisation is ${number}`,
    parameter: 'requiredFields',
  }),
  AccountIssued: ({ number, account }) => ({
    vi: vi`Cấp tài khoản định danh điện tử số ${number} (hồ sơ ${account})`,
    en: en`The account of number ${number} is issued (case ${account})`,
    parameter: 'decidingAuthority',
  }),
  AccountOpened: ({ account }) => ({
    vi: vi`Tài khoản ${account} đã mở; yêu cầu hoàn thành`,
    en: en`Account ${account} is open; the request is completed`,
    parameter: 'decidingAuthority',
  }),
  RequestWithdrawn: ({ note }) => ({
    vi: vi`Người đăng ký rút yêu cầu${quoted(note)}`,
    en: en`The registrant withdraws the request${quoted(note)}`,
    parameter: 'acceptance',
  }),
  RequestOverdue: ({ limit, dueAt }) => ({
    vi: vi`Quá hạn giải quyết từ ${time(dueAt)}; vẫn phải giải quyết`,
    en: en`Overdue since ${time(dueAt)}; still to be decided`,
    parameter: limit === 'NOT_IN_DATABASES' ? 'limitNotInDatabases' : 'limitInDatabases',
  }),
};

export const registrationTellers: Tellers<RegistrationEvent> = { ...own, ...taskTellers, ...noticeTellers };
