import type { LockOrderEvent, LockOrderForm } from '../../../schemas/lock-order.ts';
import { type Both, en, listed, quoted, vi } from '../both.ts';
import { date, type Tellers, type Telling, time } from '../teller.ts';
import { grounds, lockChannels, orderActions, orderFields, orderOutcomes } from '../terms/account.ts';
import { noticeTellers } from './notices.ts';
import { taskTellers } from './tasks.ts';

type Own = Exclude<LockOrderEvent, { type: keyof typeof taskTellers } | { type: keyof typeof noticeTellers }>;

/** Who asks for what, on what paper. */
const asked = ({ action, authority, number, organisation, document, reason, until }: LockOrderForm): Both => {
  const whose = [number, organisation].filter((one) => one !== undefined).join(', ');
  return {
    vi: vi`${authority ? authority.contact.name : 'cơ quan chưa ghi tên'} đề nghị ${orderActions[action]} tài khoản ${whose}${document && vi`, văn bản số ${document.number} ngày ${date(document.date)}`}${until && vi`, đến ${time(until)}`}${quoted(reason)}`,
    en: en`${authority ? authority.contact.name : 'an authority not named'} asks to ${orderActions[action]} account ${whose}${document && en`, document no. ${document.number} of ${date(document.date)}`}${until && en`, until ${time(until)}`}${quoted(reason)}`,
  };
};

const step = ({ orderAction }: Telling, of: 'Forward' | 'Decide') =>
  orderAction === 'UNLOCK' ? (`limitUnlock${of}` as const) : (`limitLock${of}` as const);

const own: Tellers<Own> = {
  LockOrderFiled: ({ channel, form, reception }) => ({
    vi: vi`${reception.name} nhận phiếu TK03 (${lockChannels[channel]}): ${asked(form)}`,
    en: en`${reception.name} takes form TK03 (${lockChannels[channel]}): ${asked(form)}`,
    parameter: 'lockOrderChannels',
  }),
  LockOrderResubmitted: ({ form }) => ({
    vi: vi`Nhận lại phiếu đã bổ sung: ${asked(form)}`,
    en: en`The form comes again, completed: ${asked(form)}`,
    parameter: 'lockOrderFields',
  }),
  LockOrderReceived: ({ dueAt }, telling) => ({
    vi: vi`Phiếu đầy đủ, bắt đầu tính thời hạn chuyển C06${dueAt && vi`, trước ${time(dueAt)}`}`,
    en: en`The form is complete: the limit for forwarding runs${dueAt && en`, until ${time(dueAt)}`}`,
    parameter: step(telling, 'Forward'),
  }),
  LockOrderReturned: ({ missing, note }) => {
    const lacking = missing.length > 0 ? listed(missing.map((field) => orderFields[field])) : undefined;
    return {
      vi: vi`Trả lại phiếu${lacking && vi`, còn thiếu ${lacking}`}${quoted(note)}`,
      en: en`The form is returned${lacking && en`, lacking ${lacking}`}${quoted(note)}`,
      parameter: 'lockOrderFields',
    };
  },
  LockOrderForwarded: ({ note }, telling) => ({
    vi: vi`Chuyển phiếu đến C06${quoted(note)}`,
    en: en`The order is forwarded to C06${quoted(note)}`,
    parameter: step(telling, 'Forward'),
  }),
  LockOrderSentBack: ({ note }, telling) => ({
    vi: vi`C06 trả lại đơn vị tiếp nhận${quoted(note)}`,
    en: en`C06 sends the order back to the unit that received it${quoted(note)}`,
    parameter: step(telling, 'Decide'),
  }),
  LockOrderApproved: ({ authority, ground, note }, telling) => {
    const code = ground === undefined ? undefined : grounds[ground];
    return {
      vi: vi`Phê duyệt đề nghị; thẩm quyền: ${authority}${code && vi`; căn cứ: ${code}`}${quoted(note)}`,
      en: en`The order is approved; authority: ${authority}${code && en`; ground: ${code}`}${quoted(note)}`,
      parameter: step(telling, 'Decide'),
    };
  },
  LockOrderRefused: ({ reasons }, telling) => ({
    vi: vi`Từ chối đề nghị bằng văn bản: “${reasons}”`,
    en: en`The order is refused in writing: “${reasons}”`,
    parameter: step(telling, 'Decide'),
  }),
  LockOrderWithdrawn: ({ document, note }) => ({
    vi: vi`Cơ quan đề nghị rút phiếu${document && vi`, văn bản số ${document.number} ngày ${date(document.date)}`}${quoted(note)}`,
    en: en`The authority takes the order back${document && en`, document no. ${document.number} of ${date(document.date)}`}${quoted(note)}`,
    parameter: 'lockOrderChannels',
  }),
  OrderOutcomeRecorded: ({ round, outcome }) => ({
    vi: vi`Kết quả thực hiện (lần ${round}): ${orderOutcomes[outcome]}`,
    en: en`Carried out (round ${round}) with: ${orderOutcomes[outcome]}`,
    parameter: 'lockGrounds',
  }),
  LockOrderRetried: ({ round, note }) => ({
    vi: vi`Thực hiện lại, lần ${round}${quoted(note)}`,
    en: en`Tried again, round ${round}${quoted(note)}`,
    parameter: 'tasks',
  }),
  LockOrderEnded: ({ outcome, reasons }) => ({
    vi: vi`Kết thúc, không thực hiện được (${orderOutcomes[outcome]}): “${reasons}”`,
    en: en`Ended, not carried out (${orderOutcomes[outcome]}): “${reasons}”`,
    parameter: 'tasks',
  }),
};

export const lockOrderTellers: Tellers<LockOrderEvent> = { ...own, ...taskTellers, ...noticeTellers };
