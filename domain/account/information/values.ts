import type { AccountState } from '../../../schemas/account.ts';
import type { FieldChange, RegistryChange } from '../../../schemas/change.ts';
import type { CasePolicy } from '../../../schemas/policy.ts';
import type { RecordField } from '../../../schemas/registry.ts';
import type { Decision } from '../state.ts';
import { tellOwner } from '../tell.ts';
import { compareMoments, countsBefore, currentValue, rankOf } from './current.ts';
import { recordFields } from './fields.ts';
import { changeHead } from './head.ts';
import { changedIdentity, codeKeys } from './identity.ts';

/** Takes the values of a change, every one of them to keep; answers with the fields that have a new value now. */
export function takeValues(d: Decision, change: RegistryChange, policy: CasePolicy): RecordField[] {
  const fields = recordFields.flatMap((field) => {
    const value = change.values[field];
    return value === undefined ? [] : fieldChange(d.state, change, field, composed(value), policy);
  });
  if (fields.length === 0) return [];
  const keys = newKeys(d.state, fields);
  d.add({
    type: 'InformationChanged',
    data: { ...changeHead(change), fields, ...(keys ? { organisationKeys: keys } : {}) },
  });
  const current = fields.filter(({ became }) => became === 'CURRENT').map(({ field }) => field);
  const told = { fields: current.join(','), registry: change.registry };
  if (current.length > 0) tellOwner(d, policy, 'INFORMATION_CHANGED', told);
  return current;
}

/** Registers differ in how they encode Vietnamese letters, which is no change of a name. Rare letters would grow: they stay. */
function composed(value: string): string {
  const text = value.normalize('NFC');
  return text.length > value.length ? value : text;
}

/** What becomes of one value; nothing when this very word of the registry is kept already. */
function fieldChange(
  { information }: AccountState,
  change: RegistryChange,
  field: RecordField,
  value: string,
  policy: CasePolicy,
): FieldChange[] {
  const { registry: source, changedAt, revision } = change;
  const known = information.some(
    (kept) =>
      kept.field === field &&
      kept.source === source &&
      kept.value === value &&
      compareMoments(kept, change) === 0,
  );
  if (known) return [];
  const sources = policy.informationSources[field] ?? [];
  const held = currentValue(information, field, sources);
  const became = (): FieldChange['became'] => {
    if (rankOf(source, sources) === undefined) return 'OTHER_SOURCE';
    if (held === undefined) return 'CURRENT';
    if (countsBefore({ source, value, changedAt, revision }, held, sources))
      return held.value === value ? 'SAME' : 'CURRENT';
    return held.source === source ? 'EARLIER' : 'OTHER_SOURCE';
  };
  return [{ field, value, ...(held ? { before: held.value } : {}), became: became() }];
}

/** The keys of the organisation once a code of it is another one; undefined when they stay. */
function newKeys({ identity, organisationKeys, category }: AccountState, fields: readonly FieldChange[]) {
  const code = fields.some(
    ({ field, became }) => became === 'CURRENT' && (field === 'tax_code' || field === 'enterprise_code'),
  );
  if (!identity || !code) return undefined;
  const keys = codeKeys(changedIdentity(identity, fields, category));
  const same = keys.length === organisationKeys.length && keys.every((key) => organisationKeys.includes(key));
  return same ? undefined : keys;
}
