import type { FieldOutcome, MatchBand, MatchingPolicy, RecordMatch } from '../../schemas/matching.ts';
import type { RecordField, RecordValues } from '../../schemas/registry.ts';
import { compareField } from './compare-field.ts';
import { say } from './verdict.ts';

/**
 * Compares what was declared with what a registry holds, field by field. Only declared fields are compared.
 * `same` only when every field that counts is `same`; `different` when a decisive field differs or the weighted score
 * falls below the policy's limit; everything else, and a record with nothing to compare, is for a person.
 */
export function matchRecords(
  policy: MatchingPolicy,
  declared: RecordValues,
  registry: RecordValues,
): RecordMatch {
  const names = (Object.keys(policy.fields) as RecordField[]).filter(
    (name) => (declared[name] ?? '').trim() !== '',
  );
  const fields = names.map((name) => compareField(policy, name, declared[name], registry[name]));
  const counting = fields.filter(
    ({ field, outcome }) => outcome !== 'missing' || policy.fields[field].required,
  );
  const compared = counting.filter(({ outcome }) => outcome !== 'missing');
  const weigh = (list: readonly FieldOutcome[], value: (field: FieldOutcome) => number) =>
    list.reduce((sum, field) => sum + policy.fields[field.field].weight * value(field), 0);
  const total = weigh(compared, () => 1);
  const score = total === 0 ? 0 : Math.round((weigh(compared, (field) => field.score) / total) * 1000) / 1000;
  const band = bandOf(policy, counting, compared, score);
  return { policyVersion: policy.version, band, score, why: explain(counting, compared, band), fields };
}

function bandOf(
  policy: MatchingPolicy,
  counting: readonly FieldOutcome[],
  compared: readonly FieldOutcome[],
  score: number,
): MatchBand {
  if (compared.length === 0) return 'person';
  const refuted = compared.some(({ field, band }) => band === 'different' && policy.fields[field].decisive);
  if (refuted || (score < policy.differentBelow && compared.some(({ band }) => band === 'different'))) {
    return 'different';
  }
  return counting.every(({ band }) => band === 'same') && identified(policy, compared) ? 'same' : 'person';
}

/** Names and addresses are shared by many: a code or a number has to be among what agrees. */
const identified = ({ fields }: MatchingPolicy, compared: readonly FieldOutcome[]): boolean =>
  !Object.values(fields).some(({ identifying }) => identifying) ||
  compared.some(({ field }) => fields[field].identifying);

function explain(counting: readonly FieldOutcome[], compared: readonly FieldOutcome[], band: MatchBand) {
  if (compared.length === 0) return say('không có trường nào so sánh được', 'there is no field to compare');
  if (band === 'same') return say('mọi trường đều khớp', 'every field agrees');
  const open = counting.filter((field) => field.band !== 'same');
  if (open.length === 0) {
    const names = compared.map(({ field }) => field).join(', ');
    return say(
      `các trường so sánh được đều khớp nhưng không có mã số nào để nhận biết: ${names}`,
      `what could be compared agrees, but no code or number identifies it: ${names}`,
    );
  }
  const line = (language: 'vi' | 'en') =>
    open.map(({ field, why }) => `${field}: ${why[language]}`).join('. ');
  return say(line('vi'), line('en'));
}
