import type { DatabaseFault, DatabaseVerdict } from '../../audit/evidence/verifyDatabase.ts';
import type { OutputLanguage } from '../output.ts';

const faults: Readonly<Record<DatabaseFault, Readonly<Record<OutputLanguage, string>>>> = {
  GAP: { vi: 'thiếu sự kiện', en: 'an event is missing' },
  LINK: {
    vi: 'sự kiện không nối tiếp sự kiện đứng trước',
    en: 'the event does not follow from the one before it',
  },
  HASH: { vi: 'sự kiện đã bị sửa', en: 'the event was altered' },
  COLUMNS: {
    vi: 'cột tra cứu khác nội dung sự kiện',
    en: 'the look-up columns say something else than the event',
  },
  HEAD: { vi: 'đầu nhật ký không trỏ đến sự kiện cuối', en: 'the head does not name the last event' },
  UNSIGNED: {
    vi: 'mốc xác nhận không do khóa của nhật ký ký',
    en: 'the checkpoint is not one that a key of the log signed',
  },
  ALTERED: {
    vi: 'đây không phải nhật ký đã ký: chuỗi băm đã được lập lại sau khi sửa, xóa hoặc chèn',
    en: 'this is not the log that was signed: its chain was hashed anew after something was altered, deleted or put in',
  },
  ROLLED_BACK: {
    vi: 'nhật ký ngắn hơn lúc được ký: phần cuối bị xóa, hoặc một bản sao lưu cũ được đặt vào',
    en: 'the log is shorter than when it was signed: its end was deleted, or an old backup was put in its place',
  },
};

/** What came of checking the log, for people: a line each. */
export function tellDatabase(verdict: DatabaseVerdict, language: OutputLanguage): string[] {
  const vi = language === 'vi';
  if (verdict.whole) {
    const { position, signed, checkpoints } = verdict;
    const after = position - signed;
    return [
      vi ? 'TOÀN VẸN' : 'WHOLE',
      vi
        ? `  ${position} sự kiện, ${checkpoints} mốc xác nhận đúng`
        : `  ${position} events, ${checkpoints} checkpoints hold`,
      vi ? `  ${after} sự kiện cuối chưa được ký` : `  the last ${after} events are not signed yet`,
    ];
  }
  const { fault, position, from = position, differs, checkpoint } = verdict;
  const at = from === position ? `${position}` : `${from}-${position}`;
  return [
    `${vi ? 'KHÔNG TOÀN VẸN' : 'NOT WHOLE'}  ${fault}: ${faults[fault][language]}`,
    `  ${vi ? 'vị trí' : 'position'} ${at}`,
    ...(differs === undefined || differs === position
      ? []
      : [
          vi
            ? `  khác cây băm đã lưu từ vị trí ${differs}`
            : `  differs from the stored tree from position ${differs}`,
        ]),
    ...(checkpoint === undefined
      ? []
      : [`  ${vi ? 'mốc xác nhận' : 'checkpoint'} ${checkpoint.size} (${checkpoint.keeper})`]),
  ];
}
