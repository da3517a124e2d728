import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { RecordField } from '../../schemas/registry.ts';
import { compareField } from './compare-field.ts';
import { canonSyllable, showSyllable } from './syllable.ts';

const policy = await loadMatchingPolicy();
const field = fc.constantFrom(...RecordField.options);
const syllable = fc.constantFrom(
  ...'Minh Hưng Hùng Hoà Thúy Quý Đông Á Phố Nối Yên Mỹ Ngọc Lạc Đạo Như Quỳnh An Tảo Khoái Châu ABC 3A'.split(
    ' ',
  ),
);
const phrase = fc.array(syllable, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const written = fc.oneof(phrase, fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 12 }));

describe('comparison of a field', () => {
  test.prop([field, written, written])('is symmetric', (name, a, b) => {
    const [there, back] = [compareField(policy, name, a, b), compareField(policy, name, b, a)];
    expect([there.outcome, there.band, there.score]).toEqual([back.outcome, back.band, back.score]);
  });

  test.prop([field, written.filter((text) => text.trim() !== '')])(
    'finds any value equal to itself',
    (name, a) => {
      expect(compareField(policy, name, a, a).outcome).toBe('equal');
    },
  );

  test.prop([field, phrase, phrase])('does not depend on the encoding of marks', (name, a, b) => {
    const composed = compareField(policy, name, a, b);
    const decomposed = compareField(policy, name, a.normalize('NFD'), b);
    expect([decomposed.band, decomposed.score]).toEqual([composed.band, composed.score]);
  });

  test.prop([phrase])('takes an abbreviated legal form as the full one', (name) => {
    const full = `Công ty trách nhiệm hữu hạn một thành viên ${name}`;
    expect(compareField(policy, 'name_vi', full, `CTY TNHH MTV ${name}`).band).toBe('same');
  });

  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 });
  test.prop([
    fc.constantFrom('tax_code' as const, 'enterprise_code' as const, 'representative_id' as const),
    digits,
    fc.nat(9),
    fc.integer({ min: 1, max: 9 }),
  ])('never takes a code with one other digit as the same', (name, code, at, by) => {
    const other = code.map((digit, i) => (i === at ? (digit + by) % 10 : digit));
    expect(compareField(policy, name, code.join(''), other.join('')).band).not.toBe('same');
  });

  const tone = fc.constantFrom('', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323');
  test.prop([
    fc.constantFrom('hưng', 'minh', 'mai', 'lan', 'thanh', 'hoa', 'thuy', 'my'),
    tone,
    tone,
    phrase,
  ])('never takes another tone as the same', (word, one, other, rest) => {
    fc.pre(one !== other);
    const toned = (mark: string) => showSyllable(canonSyllable(word) + mark);
    for (const name of ['name_vi', 'representative_name', 'address'] as const) {
      const { band } = compareField(policy, name, `${rest} ${toned(one)}`, `${rest} ${toned(other)}`);
      expect(band).not.toBe('same');
    }
  });

  test.prop([phrase, phrase])('never takes a branch as its parent', (name, place) => {
    expect(compareField(policy, 'name_vi', `${name} - Chi nhánh ${place}`, name).band).toBe('different');
  });

  it('says what is missing, and leaves it to a person', () => {
    const outcomes = [
      compareField(policy, 'name_en', undefined, 'ABC'),
      compareField(policy, 'name_en', 'ABC', undefined),
      compareField(policy, 'name_en', ' ', ''),
    ];
    expect(outcomes.map(({ outcome, band }) => `${outcome} ${band}`)).toEqual(
      Array(3).fill('missing person'),
    );
    expect(outcomes.map(({ why }) => why.en)).toEqual([
      'not declared',
      'the registry does not hold it',
      'neither side has a value',
    ]);
  });

  it.each([
    ['tax_code', 'không có'],
    ['tax_code', '0000000000'],
    ['tax_code', 'N/A'],
    ['established_on', '31/02/2020'],
    ['name_vi', '???'],
    ['name_vi', 'C«ng ty tr¸ch nhiÖm h÷u h¹n'],
  ] as const)('does not take identical values that say nothing as agreement: %s %s', (name, value) => {
    const { outcome, band } = compareField(policy, name, value, value);
    expect([outcome, band]).toEqual(['equal', 'person']);
  });

  it('shows no personal number in full', () => {
    const result = compareField(policy, 'representative_id', '033085012345', '033085067890');
    expect(JSON.stringify(result)).not.toMatch(/\d{4}/);
    expect(result.declared).toBe('•••••••••345');
  });

  it('explains in words which letters differ', () => {
    const { why } = compareField(policy, 'name_vi', 'Công ty TNHH Minh Hưng', 'Cty TNHH Minh Hùng');
    expect(why.vi).toBe('chỉ khác dấu: “hưng” ↔ “hùng”');
  });

  it('follows a renaming of a whole unit that the catalogue is certain of', () => {
    const sure = structuredClone(policy);
    sure.address.renamed.push({
      level: 'COMMUNE',
      from: 'xã A huyện B Hưng Yên',
      to: 'xã C',
      on: '2025-07-01',
      certain: true,
      basis: 'test',
      confidence: 'PROPOSAL',
    });
    const [old, now] = ['thôn Ngọc, xã A, huyện B, tỉnh Hưng Yên', 'thôn Ngọc, xã C, tỉnh Hưng Yên'];
    expect(compareField(sure, 'address', old, now).outcome).toBe('equivalent');
    expect(compareField(policy, 'address', old, now).band).toBe('person');
  });
});
