import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { loadCalendar, parseCalendar } from './load.ts';

const text = readFileSync(new URL('vn-state-2024-2026.yaml', import.meta.url), 'utf8');

/** The problems of the shipped file after a replacement. */
function problemsOf(from: string | RegExp, to: string): string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  try {
    parseCalendar(changed, 'changed.yaml');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error).toMatchObject({ code: 'EID_ERR_POLICY_INVALID', details: { file: 'changed.yaml' } });
    const { problems } = error.details as { problems: { path: string; message: string }[] };
    return problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

describe('the calendar of state bodies', () => {
  const calendar = loadCalendar();

  it('is valid and covers 2024 to 2026', () => {
    expect(calendar).toMatchObject({ validFrom: '2024-01-01', validTo: '2026-12-31', offsetMinutes: 420 });
  });

  it('has every day of the decisions, with its kind', () => {
    const of = (kind: string, confidence = 'H') =>
      calendar.days
        .filter((day) => day.kind === kind && day.confidence === confidence)
        .map((day) => day.date);
    expect(of('MAKE_UP_WORKING')).toEqual(['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']);
    expect(of('SWAPPED_OFF')).toEqual(['2024-04-29', '2025-05-02', '2026-01-02', '2026-08-31']);
    expect(of('IN_LIEU')).toEqual(['2024-02-13', '2024-02-14', '2026-04-27']);
    expect(of('HOLIDAY')).toHaveLength(34);
  });

  it('marks the proposed swap of 23 November 2026 as undecided, and nothing else', () => {
    const undecided = calendar.days.filter((day) => day.confidence === 'U');
    expect(undecided.map((day) => day.date)).toEqual(['2026-11-23']);
  });

  it('says where no law was found', () => {
    expect(calendar.rules.receiptCutOff).toMatchObject({ value: null, confidence: 'NF' });
    expect(calendar.rules.receiptOnDayOff.confidence).toBe('PROPOSAL');
    expect(calendar.rules.dayOfReceiptCounts).toMatchObject({ value: false, confidence: 'H' });
  });

  it('is written in composed Vietnamese', () => {
    expect(text.normalize('NFC')).toBe(text);
  });
});

describe('a calendar that does not hold together', () => {
  it.each<[string, string | RegExp, string, string]>([
    [
      'a date listed twice',
      'date: 2024-02-09\n    weekday: FRI',
      'date: 2024-02-08\n    weekday: THU',
      'days[n].date 2024-02-08 is listed already as days[n]',
    ],
    [
      'a weekday that is not the date’s',
      /(date: 2025-04-07\n {4}weekday:) MON/,
      '$1 TUE',
      'days[n].date 2025-04-07 is a MON, not a TUE',
    ],
    [
      'a make-up day on a working day',
      'date: 2026-08-22\n    weekday: SAT',
      'date: 2026-08-21\n    weekday: FRI',
      'days[n].date 2026-08-21 is a make-up day, but the day is a working day anyway',
    ],
    [
      'a day outside the validity',
      'validTo: 2026-12-31',
      'validTo: 2026-11-23',
      'days[n].date 2026-11-24 lies outside 2024-01-01 to 2026-11-23',
    ],
    [
      'half of a swap',
      /(date: 2025-05-02[\s\S]*?kind:) SWAPPED_OFF/,
      '$1 HOLIDAY',
      'days[n].date 2025-04-26 is MAKE_UP_WORKING, so pairedWith must name a day of kind SWAPPED_OFF',
    ],
    [
      'a validity that ends before it begins',
      'validTo: 2026-12-31',
      'validTo: 2023-12-31',
      'validTo is before validFrom',
    ],
  ])('is refused for %s', (_, from, to, problem) => {
    expect(problemsOf(from, to).map((found) => found.replace(/\[\d+\]/g, '[n]'))).toContain(problem);
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['a date that does not exist', '2024-02-09', '2024-02-31', /^days\[2\]\.date /],
    ['an unknown kind', 'kind: IN_LIEU', 'kind: BRIDGE', /^days\[6\]\.kind /],
    ['a day without basis', /\n {4}basis: Điều 2 Nghị quyết.*/, '', /^days\[\d+\]\.basis /],
    ['an unknown key', 'version:', 'versoin: 1\nversion:', /versoin/],
    ['a cut-off that is no time', 'value: null', 'value: 25:00', /^rules\.receiptCutOff\.value /],
    ['text that is no YAML', 'days:', 'days: [', /^line \d+ /],
  ])('is refused for %s, with the path', (_, from, to, problem) => {
    expect(problemsOf(from, to)).toContainEqual(expect.stringMatching(problem));
  });

  it('takes days in any order', () => {
    const [head = '', ...days] = text.replace(/^ +#.*\n/gm, '').split(/(?=^ {2}- date:)/m);
    const shuffled =
      head +
      days
        .reverse()
        .map((day) => `${day.trimEnd()}\n`)
        .join('');
    expect(parseCalendar(shuffled, 'shuffled.yaml').days).toHaveLength(days.length);
  });

  it('is refused when the file is not there, by name', () => {
    expect(() => loadCalendar('no-such-calendar.yaml')).toThrow(
      expect.objectContaining({
        code: 'EID_ERR_POLICY_INVALID',
        details: expect.objectContaining({ file: 'no-such-calendar.yaml' }),
      }),
    );
  });
});
