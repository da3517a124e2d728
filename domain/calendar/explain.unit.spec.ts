import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../policies/calendar/load.ts';
import type { Limit } from '../../schemas/policy.ts';
import { dueDate } from './due-date.ts';
import { explain } from './explain.ts';
import type { Language } from './phrases.ts';

const calendar = loadCalendar();

const told = (local: string, amount: number, unit: Limit['unit'], language: Language, by = calendar) =>
  explain(by, dueDate(by, { receivedAt: Date.parse(`${local}+07:00`), limit: { amount, unit } }), language);

describe('explain', () => {
  it('tells an officer in Vietnamese why three working days before Tết end after it', () => {
    expect(told('2025-01-24T16:00', 3, 'working_days', 'vi')).toEqual([
      'Tiếp nhận lúc 16:00 thứ Sáu 24/01/2025.',
      'Không tính ngày tiếp nhận; thời hạn tính từ thứ Bảy 25/01/2025 (Khoản 2 Điều 147 Bộ luật Dân sự 2015).',
      'Không tính 25–26/01/2025: ngày nghỉ hằng tuần.',
      'Không tính 27–31/01/2025: Tết Nguyên đán (Văn bản số 8726/VPCP-KGVX ngày 26/11/2024; Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024).',
      'Không tính 01–02/02/2025: ngày nghỉ hằng tuần.',
      'Hạn cuối: hết thứ Tư 05/02/2025.',
    ]);
  });

  it('tells in English that a last day on a swapped Monday rolls over', () => {
    expect(told('2024-04-14T09:00', 15, 'calendar_days', 'en')).toEqual([
      'Received at 09:00 on Sunday 14/04/2024.',
      'The day of receipt is a weekly day off; the day of receipt stays as it is (Civil Code 2015 Art 147(2); no rule on receipt on a day off was found).',
      'The day of receipt is not counted; counting starts on Monday 15/04/2024 (Civil Code 2015 Art 147(2)).',
      'The last day, Monday 29/04/2024, is Day off by swap, made up on 04/05/2024 (Government Office document 2450/VPCP-KGVX of 12 April 2024; notice 1570/TB-LĐTBXH).',
      'Rolled over to the end of the next working day, Thursday 02/05/2024 (Civil Code 2015 Art 148(5)).',
      'Due by the end of Thursday 02/05/2024.',
    ]);
  });

  it('says of a make-up Saturday that it is counted', () => {
    expect(told('2024-05-03T09:00', 1, 'working_days', 'vi')).toContain(
      'Thứ Bảy 04/05/2024 là ngày làm việc: Làm bù cho ngày 29/04/2024 (Văn bản số 2450/VPCP-KGVX ngày 12/04/2024; Thông báo 1570/TB-LĐTBXH).',
    );
  });

  it('warns of the undecided swap', () => {
    expect(told('2026-11-20T09:00', 1, 'working_days', 'en')).toContain(
      'Note on Monday 23/11/2026: Swap proposed for Vietnam Culture Day, not decided (No decision found); this entry takes no effect.',
    );
  });

  it('has a sentence in both languages for every kind of step', () => {
    const late = { ...calendar.rules.receiptCutOff, value: '17:00' };
    const moved = { ...calendar.rules.receiptOnDayOff, value: 'NEXT_WORKING_DAY' as const };
    const other = { ...calendar, rules: { ...calendar.rules, receiptCutOff: late, receiptOnDayOff: moved } };
    const cases: [string, number, Limit['unit']][] = [
      ['2024-03-15T17:30', 0, 'working_days'],
      ['2024-03-15T17:30', 3, 'working_days'],
      ['2024-03-15T17:30', 60_000, 'milliseconds'],
    ];
    for (const language of ['vi', 'en'] as const) {
      const sentences = cases.flatMap((of) => told(...of, language, other));
      for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(sentences.join('\n')).not.toMatch(/undefined|\[object/);
      expect(sentences.join('\n').normalize('NFC')).toBe(sentences.join('\n'));
      expect(sentences.some((sentence) => sentence.includes('17:00'))).toBe(true);
    }
  });
});
