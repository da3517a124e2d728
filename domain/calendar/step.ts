import type { CalendarDay, CalendarRules } from '../../schemas/calendar.ts';
import type { LocalDate } from '../../schemas/codes.ts';

type Rule = keyof CalendarRules;

/** One reason of a due date, in the order of counting. Where `day` is absent, the day is a weekly day off. */
export type Step =
  | { readonly type: 'RECEIVED'; readonly on: LocalDate; readonly at: string }
  | {
      readonly type: 'AFTER_CUT_OFF';
      readonly cutOff: string;
      readonly receivedOn: LocalDate;
      readonly rule: Rule;
    }
  | {
      readonly type: 'RECEIVED_ON_DAY_OFF';
      readonly on: LocalDate;
      readonly day?: CalendarDay;
      readonly movedTo?: LocalDate;
      readonly rule: Rule;
    }
  | {
      readonly type: 'COUNTED_FROM';
      readonly on: LocalDate;
      readonly receiptCounted: boolean;
      readonly rule: Rule;
    }
  | { readonly type: 'ZERO_DAYS'; readonly on: LocalDate; readonly rule: Rule }
  | {
      readonly type: 'SKIPPED';
      readonly from: LocalDate;
      readonly to: LocalDate;
      readonly day?: CalendarDay;
    }
  | { readonly type: 'MAKE_UP_DAY'; readonly on: LocalDate; readonly day: CalendarDay; readonly rule: Rule }
  | { readonly type: 'ENDED_ON_DAY_OFF'; readonly on: LocalDate; readonly day?: CalendarDay }
  | { readonly type: 'ROLLED_OVER'; readonly to: LocalDate; readonly rule: Rule }
  | { readonly type: 'UNDECIDED'; readonly on: LocalDate; readonly day: CalendarDay }
  | { readonly type: 'COMPRESSED'; readonly milliseconds: number }
  | { readonly type: 'DUE'; readonly on: LocalDate };
