import type { FieldSetting, MatchingPolicy } from '../../schemas/matching.ts';
import { surplus } from './distance.ts';
import { conflict, doubt, judge, say, type Verdict } from './verdict.ts';

/** All but the last three characters hidden; short values hidden whole. */
export const masked = (value: string): string => {
  const chars = [...value.trim()];
  const shown = chars.length > 6 ? 3 : 0;
  return '•'.repeat(chars.length - shown) + chars.slice(chars.length - shown).join('');
};

/** A code without label and separators, in upper case. */
export function normaliseCode(policy: MatchingPolicy, text: string): string {
  const upper = text.normalize('NFKC').toUpperCase().replace(/^\s*'/, '').trim();
  const label = policy.codes.labels.map((l) => l.toUpperCase()).find((l) => upper.startsWith(l));
  return upper
    .slice(label?.length ?? 0)
    .replace(/^\s*:/, '')
    .replace(/[\s.\-‐‑–—−\u200b-\u200f\u2060\ufeff]/gu, '');
}

const asNumber = /^\s*\d+([.,]0|([.,]\d+)?E\+?\d+)\s*$/i;

/** Compares codes exactly, after presentation is taken off. A spreadsheet's damage goes to a person. */
export function compareCode(policy: MatchingPolicy, setting: FieldSetting, a: string, b: string): Verdict {
  const { personFrom } = setting;
  const [left, right] = [normaliseCode(policy, a), normaliseCode(policy, b)];
  if (asNumber.test(a) || asNumber.test(b)) {
    return judge(
      [doubt('mã bị bảng tính đổi thành số', 'a spreadsheet turned the code into a number')],
      0.5,
      personFrom,
    );
  }
  if (/^0*$/.test(left) || /^0*$/.test(right) || !/\d/.test(left) || !/\d/.test(right))
    return judge([doubt('mã không có chữ số', 'no digits in the code')], 0, personFrom);
  if (left === right) {
    return {
      outcome: 'equivalent',
      score: 1,
      why: say(
        'chỉ khác dấu cách, dấu chấm, dấu gạch hoặc nhãn',
        'only spaces, dots, dashes or a label differ',
      ),
    };
  }
  const digits = /^\d+$/;
  if (!digits.test(left) || !digits.test(right)) {
    return judge(
      [doubt('mã có ký tự không phải chữ số', 'a code has characters other than digits')],
      0.5,
      personFrom,
    );
  }
  if (left.replace(/^0+/, '') === right.replace(/^0+/, '')) {
    return judge([doubt('có thể mất số 0 ở đầu', 'a leading zero may be lost')], 0.9, personFrom);
  }
  if (setting.masked && left.length !== right.length) {
    const why = doubt(
      'hai loại số giấy tờ khác độ dài (ví dụ CMND 9 số, CCCD 12 số)',
      'numbers of different length (such as a 9-digit and a 12-digit one)',
    );
    return judge([why], 0.5, personFrom);
  }
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (short.length === 10 && long.length === 13 && long.startsWith(short)) {
    return judge(
      [
        conflict(
          'mã 13 số của đơn vị phụ thuộc, mã 10 số của đơn vị chính',
          'a 13-digit code of a dependent unit, a 10-digit code of its parent',
        ),
      ],
      0.3,
      personFrom,
    );
  }
  const swapped = left.length === right.length && surplus([...left], [...right]).length === 0;
  const why = swapped
    ? conflict('các chữ số đổi chỗ', 'digits stand in another order')
    : conflict('mã khác nhau', 'different codes');
  return judge([why], 0, personFrom);
}
