import { describe, expect, it } from 'vitest';
import { dueDate } from '../../domain/calendar/due-date.ts';
import { explain } from '../../domain/calendar/explain.ts';
import { toInstant, toMs } from '../../domain/time.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import type { Limit } from '../../schemas/policy.ts';
import { policy } from '../testing/histories.spec.ts';
import { endInWords, lateness, limitInWords } from './lengths.ts';
import { narrate } from './narrate.ts';

const { calendar } = policy;
const limit: Limit = { amount: 3, unit: 'working_days' };
/** Friday before Tết 2025, in Viet Nam. */
const ACCEPTED = '2025-01-24T09:00:00.000Z';
const due = dueDate(calendar, { receivedAt: toMs(ACCEPTED), limit });
const dueAt = toInstant(due.dueAt);
const running = { kind: 'IN_DATABASES', limit, startedAt: ACCEPTED, dueOn: due.dueOn, dueAt };

const logged = (version: number, type: string, at: string, data: Record<string, unknown>): LoggedEvent => ({
  position: version,
  stream: 'registration-1',
  version,
  type,
  data,
  at,
  by: { id: 'x', name: 'Trần Thị Thử', unit: 'C06' },
  commandId: 'c',
  recordedAt: at,
  prevHash: '0'.repeat(64),
  hash: '0'.repeat(64),
});
const lastStep = (type: string, at: string, data: Record<string, unknown>, language: 'vi' | 'en' = 'en') => {
  const events = [logged(1, 'RequestAccepted', ACCEPTED, { running }), logged(2, type, at, data)];
  return narrate({ stream: 'registration-1', caseType: 'registration', events, policy, language }).steps;
};
const approved = (at: string, language?: 'vi' | 'en') =>
  lastStep('RequestApproved', at, { authority: 'Cục trưởng' }, language)[1]?.punctuality;

describe('a limit', () => {
  it('begins with its basis in law, and is counted by the calendar that the case pinned', () => {
    const [step] = lastStep('RequestWithdrawn', dueAt, {}, 'vi');
    expect(step?.limit).toEqual({
      text: '3 ngày làm việc',
      due: 'hết ngày 05/02/2025',
      basis: {
        parameter: 'limitInDatabases',
        text: 'Điểm a khoản 4 Điều 13 Nghị định 69/2024/NĐ-CP',
        confidence: 'đã đối chiếu nguyên văn',
        notFound: false,
      },
      counted: explain(calendar, due, 'vi'),
    });
    expect(step?.punctuality.kind).toBe('STARTS');
  });

  it('is not explained by a count that comes to another day', () => {
    const other = { ...running, dueAt: '2025-02-10T17:00:00.000Z' };
    const events = [logged(1, 'RequestAccepted', ACCEPTED, { running: other })];
    const [step] = narrate({
      stream: 'registration-1',
      caseType: 'registration',
      events,
      policy,
      language: 'en',
    }).steps;
    expect(step?.limit).toMatchObject({ due: 'the end of 10/02/2025', counted: [] });
  });

  it('is kept until its last moment, and exceeded by so many working days', () => {
    expect(approved(toInstant(due.dueAt - 1))).toEqual({
      kind: 'IN_TIME',
      text: 'In time (until the end of 05/02/2025)',
    });
    // Thursday 6, Friday 7, and after a weekend Monday 10 February.
    expect(approved('2025-02-06T03:00:00.000Z')?.text).toBe(
      'Late by 1 working day (until the end of 05/02/2025)',
    );
    expect(approved('2025-02-10T03:00:00.000Z')?.text).toBe(
      'Late by 3 working days (until the end of 05/02/2025)',
    );
    expect(approved('2025-02-09T03:00:00.000Z', 'vi')?.text).toBe(
      'Quá hạn 2 ngày làm việc (hạn hết ngày 05/02/2025)',
    );
  });

  it('that ended is no step that was late, and a step without a limit says so', () => {
    const overdue = lastStep('RequestOverdue', dueAt, { limit: 'IN_DATABASES', dueAt })[1];
    expect(overdue?.punctuality.kind).toBe('EXPIRED');
    const events = [logged(1, 'RequestSubmitted', ACCEPTED, {})];
    const [step] = narrate({
      stream: 'registration-1',
      caseType: 'registration',
      events,
      policy,
      language: 'vi',
    }).steps;
    expect(step?.punctuality).toEqual({
      kind: 'NO_LIMIT',
      text: 'Không tìm thấy quy định về thời hạn cho bước này',
    });
  });
});

describe('lengths', () => {
  it('are told as the law counts them', () => {
    expect(limitInWords({ amount: 1, unit: 'working_days' })).toEqual({
      vi: '1 ngày làm việc',
      en: '1 working day',
    });
    expect(limitInWords({ amount: 15, unit: 'calendar_days' })).toEqual({ vi: '15 ngày', en: '15 days' });
    expect(limitInWords({ amount: 90_000, unit: 'milliseconds' })).toEqual({ vi: '1 phút', en: '1 minute' });
  });

  it('of delay are by the clock before a working day has passed, and where the calendar ends', () => {
    const friday = '2025-03-28T17:00:00.000Z'; // the end of Friday in Viet Nam
    expect(lateness(calendar, friday, '2025-03-29T02:00:00.000Z').en).toBe('9 hours');
    expect(lateness(calendar, friday, '2025-03-31T02:00:00.000Z').en).toBe('1 working day');
    expect(lateness(calendar, '2026-12-30T17:00:00.000Z', '2027-01-12T17:00:00.000Z').en).toBe('13 days');
    expect(
      lateness(calendar, friday, '2025-03-31T02:00:00.000Z', { amount: 5, unit: 'milliseconds' }).en,
    ).toBe('2 days');
  });

  it('end with a day, or at a time of one', () => {
    expect(endInWords('2025-03-28T17:00:00.000Z')).toEqual({
      vi: 'hết ngày 28/03/2025',
      en: 'the end of 28/03/2025',
    });
    expect(endInWords('2025-03-28T17:00:01.000Z').en).toBe('29/03/2025 00:00:01');
  });
});
