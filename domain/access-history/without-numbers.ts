import type { AccessEntry, AccessQuestion } from '../../schemas/access-history.ts';

/** What stands where a number was. */
export const MASKED = '***';

const gap = '[ .\\-]?';
const digits = (count: number) => `(?<!\\p{Nd})(?:\\p{Nd}${gap}){${count - 1}}\\p{Nd}(?!\\p{Nd})`;

/** Personal numbers (12 digits), numbers of older identity cards (9), passports; also written with gaps. Codes of organisations have 10, 11 or 13 digits. */
const personal = new RegExp(
  `${digits(12)}|${digits(9)}|(?<![\\p{L}\\p{Nd}])\\p{L}{1,2}\\p{Nd}{6,8}(?![\\p{L}\\p{Nd}])`,
  'gu',
);

/** A text without what may be a person's number. Rather too much than too little: what stays shows what was asked for, not of whom. */
export const maskNumbers = (text: string): string => text.normalize('NFKC').replace(personal, MASKED);

type Asked = string | number | boolean;
const maskOne = (value: Asked): Asked => {
  if (typeof value === 'boolean') return value;
  const text = String(value);
  const masked = maskNumbers(text);
  return typeof value === 'number' && masked === text ? value : masked;
};

/** A cursor holds the last row that was shown, whatever stands there. */
const CURSOR = 'after';

const maskQuestion = (question: AccessQuestion): AccessQuestion =>
  Object.fromEntries(
    Object.entries(question).map(([name, value]) => {
      if (name === CURSOR) return [name, true];
      return [name, Array.isArray(value) ? value.map(maskOne) : maskOne(value)];
    }),
  );

/** An entry as it may be kept for years: without personal numbers in what somebody asked for. */
export function withoutNumbers(entry: AccessEntry): AccessEntry {
  const { question } = entry.what;
  return question === undefined
    ? entry
    : { ...entry, what: { ...entry.what, question: maskQuestion(question) } };
}
