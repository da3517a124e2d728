import type { RecordValues } from '../../schemas/registry.ts';
import type { AddressParts, NameParts, Organisation } from './organisation.ts';

export function writeName({ form, members, trade, brand, suffix, branchIn }: NameParts): string {
  const own = [form, members, trade, brand, suffix]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return branchIn === undefined ? own : `Chi nhánh ${own} tại ${branchIn}`;
}

/** As it was written before 1 July 2025, with the district. */
export function writeAddress({ house, at, place }: AddressParts): string {
  const { commune, district, province } = place;
  return [house, at, commune, district, `tỉnh ${province}`].filter((part) => part !== '').join(', ');
}

/** Everything that is declared or held of an organisation, written without a fault. */
export function writeOrganisation(organisation: Organisation): RecordValues {
  const { name, nameAbbr, nameEn, address, representative, establishedOn, code, taxCode } = organisation;
  return {
    name_vi: writeName(name),
    ...(nameAbbr === undefined ? {} : { name_abbr: nameAbbr }),
    ...(nameEn === undefined ? {} : { name_en: nameEn }),
    address: writeAddress(address),
    representative_name: representative.name,
    representative_id: representative.number,
    established_on: establishedOn,
    ...(taxCode === undefined ? {} : { tax_code: taxCode }),
    ...(code === undefined ? {} : { enterprise_code: code }),
  };
}
