import type { FieldChange } from '../../../schemas/change.ts';
import type { ElectronicIdentity } from '../../../schemas/dossier.ts';
import type { OrganisationCategory } from '../../../schemas/enums.ts';
import type { RecordField } from '../../../schemas/registry.ts';

/** The fields of a record that an identity holds, with their values. */
export function valuesOf(identity: ElectronicIdentity): readonly (readonly [RecordField, string])[] {
  const { names, headOffice, establishedOn, taxCode, enterpriseCode, representative } = identity;
  const values: readonly (readonly [RecordField, string | undefined])[] = [
    ['name_vi', names.vi],
    ['name_abbr', names.abbr],
    ['name_en', names.foreign],
    ['address', headOffice],
    ['representative_name', representative.name],
    ['representative_id', representative.number],
    ['established_on', establishedOn],
    ['tax_code', taxCode],
    ['enterprise_code', enterpriseCode],
  ];
  return values.flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const]));
}

/** An identity with one value instead of the one it had. A registry does not tell a representative's nationality: it stays. */
function withValue(identity: ElectronicIdentity, field: RecordField, value: string): ElectronicIdentity {
  const { names, representative } = identity;
  switch (field) {
    case 'name_vi':
      return { ...identity, names: { ...names, vi: value } };
    case 'name_abbr':
      return { ...identity, names: { ...names, abbr: value } };
    case 'name_en':
      return { ...identity, names: { ...names, foreign: value } };
    case 'address':
      return { ...identity, headOffice: value };
    case 'representative_name':
      return { ...identity, representative: { ...representative, name: value } };
    case 'representative_id':
      return { ...identity, representative: { ...representative, number: value } };
    case 'established_on':
      return { ...identity, establishedOn: value };
    case 'tax_code':
      return { ...identity, taxCode: value };
    case 'enterprise_code':
      return { ...identity, enterpriseCode: value };
  }
}

/** For these the electronic identification code equals their own code (Decision 20/2020/QĐ-TTg Art 5; procedure.md fact 4). */
const codedAlike: ReadonlySet<OrganisationCategory> = new Set(['ENTERPRISE', 'COOPERATIVE']);

/** The eight items of Art 6 after a change. The identification number is none of its fields. */
export function changedIdentity(
  identity: ElectronicIdentity,
  fields: readonly FieldChange[],
  category?: OrganisationCategory,
): ElectronicIdentity {
  let changed = identity;
  for (const { field, value, became } of fields) {
    if (became === 'CURRENT') changed = withValue(changed, field, value);
    const counts = became === 'CURRENT' || became === 'SAME';
    if (field !== 'enterprise_code' || !counts || changed.electronicCode === undefined) continue;
    if (category !== undefined && codedAlike.has(category)) changed = { ...changed, electronicCode: value };
  }
  return changed;
}

/** Keys under which an organisation of this identity is reserved, by its codes; see `organisationKeys` of the registration. */
export const codeKeys = ({ enterpriseCode, taxCode }: ElectronicIdentity): string[] => [
  ...new Set([enterpriseCode, taxCode].flatMap((code) => (code === undefined ? [] : [`code:${code}`]))),
];
