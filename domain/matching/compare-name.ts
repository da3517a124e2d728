import type { FieldSetting, MatchingPolicy } from '../../schemas/matching.ts';
import { tidy } from './clean.ts';
import { designatorConcerns, numberValue } from './designator-concerns.ts';
import { surplus } from './distance.ts';
import { formConcerns } from './form-concerns.ts';
import { type Reading, type Vocabulary, vocabularyOf, wordsOf } from './lexicon.ts';
import { FORM, type NormalisedName, normaliseName } from './normalise-name.ts';
import { mended } from './slips.ts';
import { fold, isMarkless } from './syllable.ts';
import { type Concern, doubt, judge, say, type Verdict } from './verdict.ts';
import { nameLikeness, wordConcerns } from './word-concerns.ts';

/** Compares names of organisations or persons; only names that read alike word for word are equivalent. */
export function compareName(policy: MatchingPolicy, setting: FieldSetting, a: string, b: string): Verdict {
  const read = (text: string, reading: Reading) => normaliseName(policy, setting, text, reading);
  const strict = [read(a, 'strict'), read(b, 'strict')] as const;
  if (strict[0].words.length === 0 || strict[1].words.length === 0) {
    return judge(
      [doubt('không có chữ hoặc số để so sánh', 'no letters or digits to compare')],
      0,
      setting.personFrom,
    );
  }
  if (sameWords(strict[0], strict[1]))
    return { outcome: 'equivalent', score: 1, why: presentation(policy, a, b) };
  const [left, right] = [read(a, 'loose'), read(b, 'loose')];
  if (sameWords(left, right)) {
    const why = say('chỉ khác cách viết i/y', 'only the spelling i/y differs');
    return setting.variantSpelling === 'same'
      ? { outcome: 'equivalent', score: 1, why }
      : judge([{ band: 'person', why }], 0.98, setting.personFrom);
  }
  const oneMarkless = isMarkless(a) !== isMarkless(b);
  if (!oneMarkless) {
    const vocabulary = vocabularyOf(policy, setting, 'loose');
    const slips = mended(policy, vocabulary.canon, a, b);
    return slips.concerns.length === 0
      ? weigh(left, right, vocabulary, setting.personFrom, [])
      : weigh(read(slips.a, 'loose'), read(slips.b, 'loose'), vocabulary, setting.personFrom, slips.concerns);
  }
  const lost = doubt('một bên viết không dấu', 'one side is written without diacritics');
  const vocabulary = vocabularyOf(policy, setting, 'folded');
  return weigh(read(a, 'folded'), read(b, 'folded'), vocabulary, setting.personFrom, [lost]);
}

const sameWords = (a: NormalisedName, b: NormalisedName) => a.words.join(' ') === b.words.join(' ');

const formsOf = (words: readonly string[]) =>
  words.filter((w) => w.startsWith(FORM)).map((w) => w.slice(FORM.length));
const coreOf = (words: readonly string[]) => words.filter((w) => !w.startsWith(FORM));

function weigh(
  a: NormalisedName,
  b: NormalisedName,
  vocabulary: Vocabulary,
  personFrom: number,
  given: readonly Concern[],
): Verdict {
  const ways = (name: NormalisedName) => [name.words, ...name.otherwise].map((words) => words.join(' '));
  const [left, right] = [coreOf(a.words), coreOf(b.words)];
  const score = nameLikeness(left, right, vocabulary.common);
  if (!sameWords(a, b) && (ways(a).some((way) => ways(b).includes(way)) || initialsAgree(a, b))) {
    const meanings = doubt(
      'từ viết tắt có thể hiểu theo nhiều cách',
      'an abbreviation can be read in several ways',
    );
    return judge([...given, meanings], Math.max(score, 0.9), personFrom);
  }
  const forms = formConcerns(formsOf(a.words), formsOf(b.words), vocabulary, {
    a: surplus(left, right),
    b: surplus(right, left),
  });
  const numbers = designatorConcerns(left, right);
  const words =
    numbers.length > 0 && sameButNumbers(left, right)
      ? []
      : wordConcerns(left, right, vocabulary, personFrom);
  const alike = left.join(' ') === right.join(' ') && forms.length === 0;
  const concerns = [...given, ...forms, ...numbers, ...(alike ? [] : words)];
  const moved = doubt(
    'loại hình đứng ở vị trí khác trong tên',
    'the legal form stands elsewhere in the name',
  );
  return judge(concerns.length > 0 ? concerns : [moved], score, personFrom);
}

/** Letters on one side that are the initials of the words on the other: XD and Xăng Dầu, MH and Minh Hưng. */
function initialsAgree(a: NormalisedName, b: NormalisedName): boolean {
  const [left, right] = [surplus(a.asWritten, b.asWritten), surplus(b.asWritten, a.asWritten)];
  const spells = (short: readonly string[], long: readonly string[]) =>
    long.length > 1 && short.length === 1 && short[0] === long.map((word) => word.slice(0, 1)).join('');
  return spells(left.map(fold), right.map(fold)) || spells(right.map(fold), left.map(fold));
}

/** Alike but for numbers, or for the way they are written: then the numbers alone say what differs. */
const sameButNumbers = (a: readonly string[], b: readonly string[]) => {
  const plain = (words: readonly string[]) => words.filter((word) => !/\p{N}/u.test(word)).join(' ');
  const valued = (words: readonly string[]) => words.map(numberValue).join(' ');
  return plain(a) === plain(b) || valued(a) === valued(b);
};

function presentation(policy: MatchingPolicy, a: string, b: string) {
  const same = (change: (text: string) => string) => change(a) === change(b);
  if (same((text) => text.normalize('NFC'))) {
    return say(
      'chỉ khác cách mã hoá dấu (dựng sẵn, tổ hợp)',
      'only the encoding of marks differs (composed, decomposed)',
    );
  }
  if (same((text) => tidy(policy.spelling, text).toLowerCase())) {
    return say('chỉ khác chữ hoa, chữ thường hoặc khoảng trắng', 'only case or spacing differs');
  }
  if (same((text) => wordsOf(policy, text).join(' '))) {
    return say('chỉ khác dấu câu', 'only punctuation differs');
  }
  if (
    same((text) =>
      wordsOf(policy, text)
        .map((word) => [...word.normalize('NFD')].sort().join(''))
        .join(' '),
    )
  ) {
    return say('chỉ khác vị trí đặt dấu thanh', 'only the place of the tone mark differs');
  }
  return say(
    'chỉ khác cách viết tắt hoặc từ chỉ loại hình',
    'only abbreviations or words of legal form differ',
  );
}
