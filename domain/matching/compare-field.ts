import type { FieldOutcome, FieldSetting, MatchBand, MatchingPolicy } from '../../schemas/matching.ts';
import type { RecordField } from '../../schemas/registry.ts';
import { type Damage, damageOf } from './clean.ts';
import { compareAddress } from './compare-address.ts';
import { compareCode, masked } from './compare-code.ts';
import { compareDate } from './compare-date.ts';
import { compareName } from './compare-name.ts';
import { say, type Verdict } from './verdict.ts';

/**
 * Compares one declared value with a registry's. The outcome is symmetric, and `equal` for any value with itself.
 * The band `same` needs texts that are the same once case, encoding, punctuation and certain abbreviations are set
 * aside; whatever is uncertain goes to a person.
 */
export function compareField(
  policy: MatchingPolicy,
  field: RecordField,
  declared: string | undefined,
  registry: string | undefined,
): FieldOutcome {
  const setting = policy.fields[field];
  const shown = (value: string | undefined) =>
    value !== undefined && setting.masked ? masked(value) : value;
  const values = {
    ...(declared === undefined ? {} : { declared: shown(declared) }),
    ...(registry === undefined ? {} : { registry: shown(registry) }),
  };
  if (isBlank(declared) || isBlank(registry)) {
    const why = missing(isBlank(declared), isBlank(registry));
    return { field, outcome: 'missing', band: 'person', score: 0, why, ...values };
  }
  const compared = compareValues(policy, setting, declared, registry);
  const doubtful = unreadable(policy, setting, declared, registry);
  if (declared === registry) {
    const sure = doubtful === undefined && compared.outcome === 'equivalent';
    const why = doubtful ?? (sure ? say('giống hệt nhau', 'exactly alike') : compared.why);
    return { field, outcome: 'equal', band: sure ? 'same' : 'person', score: 1, why, ...values };
  }
  const { outcome, score, why } = doubtful
    ? { outcome: 'similar' as const, score: Math.min(compared.score, 0.999), why: doubtful }
    : compared;
  return { field, outcome, band: bands[outcome], score, why, ...values };
}

const bands: Record<Verdict['outcome'], MatchBand> = {
  equal: 'same',
  equivalent: 'same',
  similar: 'person',
  different: 'different',
};

const isBlank = (value: string | undefined): value is undefined => value === undefined || value.trim() === '';

const missing = (declared: boolean, registry: boolean) =>
  declared && registry
    ? say('cả hai bên không có dữ liệu', 'neither side has a value')
    : declared
      ? say('tổ chức không khai', 'not declared')
      : say('cơ sở dữ liệu không có trường này', 'the registry does not hold it');

function compareValues(policy: MatchingPolicy, setting: FieldSetting, a: string, b: string): Verdict {
  switch (setting.comparer) {
    case 'name':
      return compareName(policy, setting, a, b);
    case 'address':
      return compareAddress(policy, setting, a, b);
    case 'code':
      return compareCode(policy, setting, a, b);
    case 'date':
      return compareDate(setting, a, b);
    default:
      return setting.comparer satisfies never;
  }
}

/** Why a value cannot be trusted as it stands, whatever it is compared with. */
function unreadable(policy: MatchingPolicy, { comparer }: FieldSetting, a: string, b: string) {
  const stand = [a, b].some((value) =>
    policy.placeholders.includes(value.normalize('NFC').trim().toLowerCase()),
  );
  if (stand) return say('giá trị thay cho chỗ trống', 'a word that stands for an empty field');
  if (comparer !== 'name' && comparer !== 'address') return undefined;
  const damage = damageOf(policy.spelling, a) ?? damageOf(policy.spelling, b);
  return damage && damaged[damage];
}

const damaged: Record<Damage, ReturnType<typeof say>> = {
  legacy: say(
    'chữ có dấu hiệu sai bảng mã (TCVN3, VNI hoặc đọc sai UTF-8); không đoán lại',
    'letters look like another encoding (TCVN3, VNI or misread UTF-8); not guessed back',
  ),
  lost: say('có chữ bị mất khi chuyển mã', 'letters were lost in conversion'),
  script: say(
    'có chữ cái ngoài bảng chữ La-tinh hoặc dấu đặt sai',
    'letters of another script, or stray marks',
  ),
};
