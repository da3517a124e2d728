import { z } from 'zod';
import { LocalDate } from './codes.ts';

/** Days of the week in ISO order. */
export const Weekday = z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']);
export type Weekday = z.infer<typeof Weekday>;

/** What a listed day is; every kind but MAKE_UP_WORKING is a day off. */
export const CalendarDayKind = z.enum(['HOLIDAY', 'IN_LIEU', 'SWAPPED_OFF', 'MAKE_UP_WORKING', 'ONE_OFF']);
export type CalendarDayKind = z.infer<typeof CalendarDayKind>;

/** H: two independent sources and a numbered decision · M: one source · U: undecided, takes no effect. */
export const CalendarConfidence = z.enum(['H', 'M', 'U']);
export type CalendarConfidence = z.infer<typeof CalendarConfidence>;

/** A day that differs from the working week. An entry marked U is shown in explanations and changes nothing. */
export const CalendarDay = z.strictObject({
  date: LocalDate,
  weekday: Weekday,
  kind: CalendarDayKind,
  /** The other day of the pair: the holiday made up for, or the two days of a swap. */
  pairedWith: LocalDate.optional(),
  name: z.string().min(1),
  nameEn: z.string().min(1),
  basis: z.string().min(1),
  basisEn: z.string().min(1),
  confidence: CalendarConfidence,
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** H and M as for days; NF: no text was found; PROPOSAL: a reading chosen where the law is silent. */
export const CalendarRuleConfidence = z.enum(['H', 'M', 'NF', 'PROPOSAL']);
export type CalendarRuleConfidence = z.infer<typeof CalendarRuleConfidence>;

const rule = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    basis: z.string().min(1),
    basisEn: z.string().min(1),
    confidence: CalendarRuleConfidence,
  });

/** How periods are counted. A literal says that only this reading is implemented. */
export const CalendarRules = z.strictObject({
  /** Whether the day of receipt is day one of the period. */
  dayOfReceiptCounts: rule(z.boolean()),
  /** A period that ends on a day off. */
  lastDayOff: rule(z.enum(['NEXT_WORKING_DAY', 'KEEP'])),
  /** Receipt on a day off: it stands as it is, or counts as receipt on the next working day. */
  receiptOnDayOff: rule(z.enum(['KEEP', 'NEXT_WORKING_DAY'])),
  makeUpDay: rule(z.literal('WORKING_DAY')),
  swappedDay: rule(z.literal('DAY_OFF')),
  /** A limit of no working days. */
  zeroWorkingDays: rule(z.literal('SAME_OR_NEXT_WORKING_DAY')),
  /** `HH:MM`: receipt at or after it is receipt on the next calendar day; null: any time of a day is that day. */
  receiptCutOff: rule(z.iso.time({ precision: -1 }).nullable()),
});
export type CalendarRules = z.infer<typeof CalendarRules>;

/** A versioned calendar of working days: the week, the days that differ from it, and the rules of counting. */
export const WorkingCalendar = z.strictObject({
  version: z.string().min(1),
  zone: z.literal('Asia/Ho_Chi_Minh'),
  /** Minutes ahead of UTC; Viet Nam has no summer time. */
  offsetMinutes: z.int().min(-720).max(840),
  validFrom: LocalDate,
  validTo: LocalDate,
  weeklyDaysOff: z.array(Weekday).max(6),
  days: z.array(CalendarDay),
  rules: CalendarRules,
});
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;
