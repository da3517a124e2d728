import type { CalendarDay, CalendarRules, WorkingCalendar } from '../../schemas/calendar.ts';
import type { Due } from './due-date.ts';
import { type Language, longDate, span } from './phrases.ts';
import type { Step } from './step.ts';

/**
 * Why a period ends when it does, one sentence a step, each with its legal basis, in Vietnamese or English.
 *
 * @param calendar the calendar by which `due` was found
 */
export function explain(calendar: WorkingCalendar, due: Due, language: Language): string[] {
  const say = language === 'vi' ? vietnamese : english;
  return due.why.map((step) => say(step, calendar.rules));
}

function vietnamese(step: Step, rules: CalendarRules): string {
  const basis = (rule: keyof CalendarRules) => `(${rules[rule].basis})`;
  const cause = (day: CalendarDay | undefined) =>
    day ? `${day.name} (${day.basis})` : 'ngày nghỉ hằng tuần';
  switch (step.type) {
    case 'RECEIVED':
      return `Tiếp nhận lúc ${step.at} ${longDate(step.on, 'vi')}.`;
    case 'AFTER_CUT_OFF':
      return `Từ ${step.cutOff} trở đi tính là tiếp nhận ngày hôm sau, ${longDate(step.receivedOn, 'vi')} ${basis(step.rule)}.`;
    case 'RECEIVED_ON_DAY_OFF': {
      const then = step.movedTo
        ? `tính là tiếp nhận ${longDate(step.movedTo, 'vi')}`
        : 'ngày tiếp nhận giữ nguyên';
      return `Ngày tiếp nhận là ${cause(step.day)}; ${then} ${basis(step.rule)}.`;
    }
    case 'COUNTED_FROM':
      return `${step.receiptCounted ? 'Tính cả' : 'Không tính'} ngày tiếp nhận; thời hạn tính từ ${longDate(step.on, 'vi')} ${basis(step.rule)}.`;
    case 'ZERO_DAYS':
      return `Thời hạn 0 ngày làm việc: ${longDate(step.on, 'vi')} ${basis(step.rule)}.`;
    case 'SKIPPED':
      return `Không tính ${span(step.from, step.to)}: ${cause(step.day)}.`;
    case 'MAKE_UP_DAY':
      return `${longDate(step.on, 'vi')} là ngày làm việc: ${cause(step.day)}.`.replace(/^t/, 'T');
    case 'ENDED_ON_DAY_OFF':
      return `Ngày cuối của thời hạn, ${longDate(step.on, 'vi')}, là ${cause(step.day)}.`;
    case 'ROLLED_OVER':
      return `Thời hạn kết thúc vào ngày làm việc tiếp theo, ${longDate(step.to, 'vi')} ${basis(step.rule)}.`;
    case 'UNDECIDED':
      return `Lưu ý ${longDate(step.on, 'vi')}: ${cause(step.day)}; mục này chưa có hiệu lực.`;
    case 'COMPRESSED':
      return `Thời hạn ${step.milliseconds} mili giây (chính sách diễn tập), không áp dụng lịch làm việc.`;
    case 'DUE':
      return `Hạn cuối: hết ${longDate(step.on, 'vi')}.`;
  }
}

function english(step: Step, rules: CalendarRules): string {
  const basis = (rule: keyof CalendarRules) => `(${rules[rule].basisEn})`;
  const cause = (day: CalendarDay | undefined) =>
    day ? `${day.nameEn} (${day.basisEn})` : 'a weekly day off';
  switch (step.type) {
    case 'RECEIVED':
      return `Received at ${step.at} on ${longDate(step.on, 'en')}.`;
    case 'AFTER_CUT_OFF':
      return `From ${step.cutOff} on, receipt counts as receipt on the next day, ${longDate(step.receivedOn, 'en')} ${basis(step.rule)}.`;
    case 'RECEIVED_ON_DAY_OFF': {
      const then = step.movedTo
        ? `it counts as receipt on ${longDate(step.movedTo, 'en')}`
        : 'the day of receipt stays as it is';
      return `The day of receipt is ${cause(step.day)}; ${then} ${basis(step.rule)}.`;
    }
    case 'COUNTED_FROM':
      return `The day of receipt is ${step.receiptCounted ? '' : 'not '}counted; counting starts on ${longDate(step.on, 'en')} ${basis(step.rule)}.`;
    case 'ZERO_DAYS':
      return `A limit of 0 working days: ${longDate(step.on, 'en')} ${basis(step.rule)}.`;
    case 'SKIPPED':
      return `Skipped ${span(step.from, step.to)}: ${step.day ? cause(step.day) : 'weekly day off'}.`;
    case 'MAKE_UP_DAY':
      return `${longDate(step.on, 'en')} is a working day: ${cause(step.day)}.`;
    case 'ENDED_ON_DAY_OFF':
      return `The last day, ${longDate(step.on, 'en')}, is ${cause(step.day)}.`;
    case 'ROLLED_OVER':
      return `Rolled over to the end of the next working day, ${longDate(step.to, 'en')} ${basis(step.rule)}.`;
    case 'UNDECIDED':
      return `Note on ${longDate(step.on, 'en')}: ${cause(step.day)}; this entry takes no effect.`;
    case 'COMPRESSED':
      return `A limit of ${step.milliseconds} ms (rehearsal policy); the working calendar does not apply.`;
    case 'DUE':
      return `Due by the end of ${longDate(step.on, 'en')}.`;
  }
}
