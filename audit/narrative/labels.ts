import type { Language } from '../../domain/calendar/phrases.ts';

/** Words of the form itself. */
export const labels = {
  vi: {
    facts: 'Thông tin chung',
    steps: 'Diễn biến',
    notes: 'Ghi chú',
    when: 'Thời điểm',
    who: 'Người thực hiện',
    what: 'Nội dung',
    basis: 'Căn cứ',
    notFound: 'Không tìm thấy văn bản quy định',
    limit: 'Thời hạn',
    due: 'hạn',
    counted: 'Cách tính',
    punctuality: 'Tiến độ',
    page: 'Trang',
  },
  en: {
    facts: 'Facts',
    steps: 'What happened',
    notes: 'Notes',
    when: 'When',
    who: 'Who',
    what: 'What',
    basis: 'Basis',
    notFound: 'No text was found',
    limit: 'Limit',
    due: 'due',
    counted: 'How it is counted',
    punctuality: 'Punctuality',
    page: 'Page',
  },
} as const satisfies Record<Language, Record<string, string>>;
