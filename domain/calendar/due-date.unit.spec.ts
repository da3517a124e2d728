import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../policies/calendar/load.ts';
import type { CalendarRules, WorkingCalendar } from '../../schemas/calendar.ts';
import type { Limit } from '../../schemas/policy.ts';
import { dueDate } from './due-date.ts';

const calendar = loadCalendar();
const at = (local: string) => Date.parse(`${local}+07:00`);
const working = (amount: number): Limit => ({ amount, unit: 'working_days' });
const days = (amount: number): Limit => ({ amount, unit: 'calendar_days' });
const due = (local: string, limit: Limit, by = calendar) => dueDate(by, { receivedAt: at(local), limit });

/** The shipped calendar with other values of its rules. */
const ruled = (values: { [K in keyof CalendarRules]?: CalendarRules[K]['value'] }): WorkingCalendar => {
  const rules = Object.entries(calendar.rules).map(([name, rule]) => [
    name,
    name in values ? { ...rule, value: values[name as keyof CalendarRules] } : rule,
  ]);
  return { ...calendar, rules: Object.fromEntries(rules) as CalendarRules };
};

describe('dueDate', () => {
  it('ends at the end of the last day in the zone of the calendar', () => {
    expect(due('2025-01-24T16:00', working(3))).toMatchObject({
      receivedOn: '2025-01-24',
      dueOn: '2025-02-05',
      dueAt: at('2025-02-06T00:00'),
    });
  });

  it('gives its reasons in the order of counting', () => {
    const { why } = due('2025-04-25T16:00', working(4));
    expect(why.map((step) => step.type)).toEqual([
      'RECEIVED',
      'COUNTED_FROM',
      'MAKE_UP_DAY',
      'SKIPPED',
      'SKIPPED',
      'SKIPPED',
      'SKIPPED',
      'SKIPPED',
      'DUE',
    ]);
    expect(why[3]).toEqual({ type: 'SKIPPED', from: '2025-04-27', to: '2025-04-27' });
    expect(why.at(-2)).toEqual({ type: 'SKIPPED', from: '2025-05-03', to: '2025-05-04' });
  });

  it('names Tết once with its decision, not day by day', () => {
    const skipped = due('2025-01-24T16:00', working(3)).why.filter((step) => step.type === 'SKIPPED');
    expect(skipped.map(({ from, to, day }) => [from, to, day?.name])).toEqual([
      ['2025-01-25', '2025-01-26', undefined],
      ['2025-01-27', '2025-01-31', 'Tết Nguyên đán'],
      ['2025-02-01', '2025-02-02', undefined],
    ]);
  });

  it('says that a swap was proposed and takes no effect, when a period runs over it', () => {
    const { why, dueOn } = due('2026-11-20T09:00', working(1));
    expect(dueOn).toBe('2026-11-23');
    expect(why).toContainEqual(expect.objectContaining({ type: 'UNDECIDED', on: '2026-11-23' }));
    expect(due('2026-11-24T09:00', working(1)).why.map((step) => step.type)).not.toContain('UNDECIDED');
  });

  it('compresses days to milliseconds without a calendar', () => {
    const limit: Limit = { amount: 1500, unit: 'milliseconds' };
    const found = dueDate(calendar, { receivedAt: at('2031-01-04T23:59:59'), limit });
    expect(found).toMatchObject({ dueAt: at('2031-01-05T00:00:00') + 500, dueOn: '2031-01-05' });
  });

  it.each([
    ['receipt before it', '2023-12-31T23:59', working(1), '2023-12-31'],
    ['receipt after it', '2027-01-01T00:00', working(0), '2027-01-01'],
    ['working days that run out of it', '2026-12-31T10:00', working(1), '2027-01-01'],
    ['calendar days that run out of it', '2026-12-31T10:00', days(15), '2027-01-15'],
  ])('refuses %s: nobody knows those days off yet', (_, local, limit, date) => {
    expect(() => due(local, limit)).toThrow(
      expect.objectContaining({
        code: 'EID_ERR_CALENDAR_RANGE',
        details: expect.objectContaining({ date, version: calendar.version, validTo: '2026-12-31' }),
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a limit of %d', (amount) => {
    for (const limit of [working(amount), days(amount), { amount, unit: 'milliseconds' } as const])
      expect(() => due('2025-01-24T16:00', limit)).toThrow(
        expect.objectContaining({ code: 'EID_ERR_SHAPE' }),
      );
  });

  it('refuses an instant that is none', () => {
    expect(() => dueDate(calendar, { receivedAt: Number.NaN, limit: working(1) })).toThrow(
      expect.objectContaining({ code: 'EID_ERR_SHAPE' }),
    );
  });
});

describe('the rules of a calendar', () => {
  it('may count the day of receipt', () => {
    const by = ruled({ dayOfReceiptCounts: true });
    expect(due('2024-03-11T09:00', working(3), by).dueOn).toBe('2024-03-13');
    expect(due('2024-03-16T09:00', working(1), by).dueOn).toBe('2024-03-18');
    expect(due('2024-03-11T09:00', days(3), by).dueOn).toBe('2024-03-13');
  });

  it('may leave the last day on a day off', () => {
    expect(due('2024-01-25T09:00', days(15), ruled({ lastDayOff: 'KEEP' })).dueOn).toBe('2024-02-09');
  });

  it('may move receipt on a day off to the next working day', () => {
    const found = due('2024-03-16T09:00', working(1), ruled({ receiptOnDayOff: 'NEXT_WORKING_DAY' }));
    expect(found).toMatchObject({ receivedOn: '2024-03-18', dueOn: '2024-03-19' });
    expect(found.why).toContainEqual(
      expect.objectContaining({ type: 'RECEIVED_ON_DAY_OFF', on: '2024-03-16', movedTo: '2024-03-18' }),
    );
  });

  it('may have a cut-off, from which on receipt is receipt on the next calendar day', () => {
    const by = ruled({ receiptCutOff: '17:00' });
    expect(due('2024-03-11T16:59', working(1), by).dueOn).toBe('2024-03-12');
    expect(due('2024-03-11T17:00', working(1), by)).toMatchObject({
      receivedOn: '2024-03-12',
      dueOn: '2024-03-13',
    });
  });

  it('never makes Friday evening due later than Saturday, cut-off or not', () => {
    const by = ruled({ receiptCutOff: '17:00' });
    expect(due('2024-03-15T17:30', working(1), by).dueOn).toBe('2024-03-18');
    expect(due('2024-03-16T08:00', working(1), by).dueOn).toBe('2024-03-18');
  });
});
