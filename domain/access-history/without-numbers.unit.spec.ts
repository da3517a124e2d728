import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessEntry, AccessQuestion } from '../../schemas/access-history.ts';
import { maskNumbers, withoutNumbers } from './without-numbers.ts';

const asking = (question: AccessQuestion): AccessEntry => ({
  id: '7b1c9a52-3c0b-4b7e-9a53-0d9c6f1f2a11',
  at: '2026-03-02T01:00:00.000Z',
  actor: { id: 'desk', name: 'Cán bộ tiếp nhận', roles: ['RECEPTION_OFFICER'], unit: 'CAX-LAM-SON' },
  action: 'SEARCH',
  outcome: { result: 'DONE' },
  what: { question, results: 3 },
  ground: { table: 'access/1', rows: ['request-at-reception'], relations: ['UNIT'] },
});
const kept = (question: AccessQuestion) => withoutNumbers(asking(question)).what.question;

describe('what is kept of a question', () => {
  it.each([
    ['001099000001', '***'],
    ['Nguyễn Văn A 001 099 000 001', 'Nguyễn Văn A ***'],
    ['001.099.000.001, 001099000002', '***, ***'],
    ['００１０９９０００００１', '***'],
    ['số 012345678 cũ', 'số *** cũ'],
    ['hộ chiếu B1234567', 'hộ chiếu ***'],
  ])('holds no number of a person: %j', (text, expected) => {
    expect(maskNumbers(text)).toBe(expected);
    expect(kept({ text })).toEqual({ text: expected });
  });

  it.each([
    '0101234567',
    '0101234567-001',
    '10000000001',
    'registration-4f2a',
    'CAX-LAM-SON',
    '2026-03-02T01:00:00.000Z',
    'Công ty Ánh Dương 68',
  ])('holds what names an organisation, a case, a unit or a day: %j', (text) => {
    expect(maskNumbers(text)).toBe(text);
  });

  it('is masked in lists and in numbers as in texts, and other values stay what they are', () => {
    expect(kept({ kinds: ['VERIFY', '001099000001'], text: 201099000001, limit: 50, overdue: true })).toEqual(
      {
        kinds: ['VERIFY', '***'],
        text: '***',
        limit: 50,
        overdue: true,
      },
    );
  });

  it('tells that a list was read on, and not from which row', () => {
    expect(kept({ after: 'WyJhYmMiLCIwMDEwOTkwMDAwMDEiXQ' })).toEqual({ after: true });
  });

  it('holds no twelve digits in a row, whatever stands around them', () => {
    const number = fc.stringMatching(/^\d{12}$/);
    const around = fc.string({ maxLength: 20 }).filter((text) => !/\p{Nd}/u.test(text.normalize('NFKC')));
    fc.assert(
      fc.property(around, number, around, (before, digits, after) => {
        expect(maskNumbers(`${before}${digits}${after}`)).not.toContain(digits);
      }),
      { seed: 692_024, numRuns: 500 },
    );
  });

  it('leaves an entry without a question as it is', () => {
    const { question: _, ...what } = asking({}).what;
    const entry = { ...asking({}), what: { ...what, stream: 'registration-1' } };
    expect(withoutNumbers(entry)).toBe(entry);
  });
});
