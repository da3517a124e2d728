import { describe, expect, it } from 'vitest';
import type { Finding } from '../../store/reconciliation.ts';
import { main } from '../main.ts';
import { exitCodeFor, reportLines } from './report.ts';

const totals = {
  accounts: 4,
  agree: 1,
  differ: 1,
  notFound: 1,
  unanswered: 1,
  notAsked: 0,
  differences: 3,
};
const why = { vi: 'khác số nhà', en: 'another house number' };
const differs: Finding = {
  outcome: 'DIFFERS',
  reference: 'BUSINESS-1',
  status: { result: 'NOT_LOCKED', theirs: 'CEASED' },
  fields: [
    { field: 'name_vi', result: 'SAME', ours: 'Ví Dụ', theirs: 'VÍ DỤ', band: 'same', why },
    { field: 'address', result: 'DIFFERENT', ours: 'Số 1', theirs: 'Số 2', band: 'different', why },
    { field: 'name_en', result: 'NOT_HELD', theirs: 'Example', band: 'person', why },
  ],
};
const found = {
  run: 'BUSINESS-20250402T010000000Z',
  registry: 'BUSINESS',
  policyVersion: 'test/1',
  startedAt: '2025-04-02T01:00:00.000Z',
  finishedAt: '2025-04-02T01:00:01.000Z',
  totals,
  findings: [
    { account: 'account-10000000001', finding: differs },
    { account: 'account-10000000002', finding: { outcome: 'NOT_FOUND', reference: 'BUSINESS-2' } },
    { account: 'account-10000000003', finding: { outcome: 'UNANSWERED', attempts: 2, detail: 'NO_ANSWER' } },
  ],
} as const;

describe('orgeid reconcile', () => {
  it('shows each difference with both values and the reason, and nothing that agrees', () => {
    const text = reportLines(found, 'vi').join('\n');
    const lines = text.split('\n').map((line) => line.split(/\s{2,}/));
    expect(lines.slice(2, 6)).toEqual([
      ['10000000001', 'status', '–', 'CEASED', 'NOT_LOCKED'],
      ['10000000001', 'address', 'Số 1', 'Số 2', 'khác số nhà'],
      ['10000000002', 'NOT_FOUND', '–', '–', 'BUSINESS-2'],
      ['10000000003', 'UNANSWERED', '–', '–', 'NO_ANSWER'],
    ]);
    expect(text).toContain('1 agree, 1 differ, 1 not found, 1 not answered, 0 not asked; 3 differences.');
    expect(text).not.toContain('Example');
  });

  it('ends with 3 when something differs, 1 when something was not answered, 0 when all agree', () => {
    expect(exitCodeFor({ totals })).toBe(3);
    expect(exitCodeFor({ totals: { ...totals, differences: 0 } })).toBe(1);
    expect(exitCodeFor({ totals: { ...totals, differences: 0, unanswered: 0 } })).toBe(0);
  });

  it.each([
    [['reconcile']],
    [['reconcile', '--registry', 'LAND']],
    [['reconcile', '--registry', 'TAX', '--wait', '0']],
    [['reconcile', '--registry', 'TAX', '--attempts', 'many']],
  ])('refuses %j as bad input', async (args) => {
    expect(await main(args)).toBe(2);
  });
});
