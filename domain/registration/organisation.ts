import type { Dossier, ElectronicIdentity } from '../../schemas/dossier.ts';
import type { RecordField, RecordValues } from '../../schemas/registry.ts';

/** Token in an event's data that the append replaces by the number it allocates. */
export const NUMBER_TOKEN = '@identification-number';

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * Keys under which an organisation is reserved: its codes, which share one name space since enterprise codes are tax
 * codes (Circular 86/2024 Art 5); without any, its name, commune and date of establishment.
 */
export function organisationKeys({ organisation }: Dossier): string[] {
  const codes = [organisation.code, organisation.taxCode].filter((code) => code !== undefined);
  if (codes.length > 0) return [...new Set(codes)].map((code) => `code:${code}`);
  const { nameVi, address, establishedOn } = organisation;
  return [`name:${plain(nameVi)}|${address.commune}|${establishedOn ?? ''}`];
}

/** What the dossier declares, by the field names that registries use. */
export function declaredValues({ organisation }: Dossier): RecordValues {
  const values: Partial<Record<RecordField, string | undefined>> = {
    name_vi: organisation.nameVi,
    name_abbr: organisation.nameAbbr,
    name_en: organisation.nameEn,
    address: organisation.address.text,
    representative_name: organisation.representative?.name,
    representative_id: organisation.representative?.number,
    established_on: organisation.establishedOn,
    tax_code: organisation.taxCode,
    enterprise_code: organisation.code,
  };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as RecordValues;
}

/** The eight items of Art 6, once nothing they need is missing. */
export function identityOf({ organisation }: Dossier): ElectronicIdentity | undefined {
  const { nameVi, nameAbbr, nameEn, establishedOn, address, taxCode, code, electronicCode, representative } =
    organisation;
  if (establishedOn === undefined || representative === undefined) return undefined;
  return {
    identificationNumber: NUMBER_TOKEN,
    names: {
      vi: nameVi,
      ...(nameAbbr === undefined ? {} : { abbr: nameAbbr }),
      ...(nameEn === undefined ? {} : { foreign: nameEn }),
    },
    establishedOn,
    headOffice: address.text,
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(code === undefined ? {} : { enterpriseCode: code }),
    ...(electronicCode === undefined ? {} : { electronicCode }),
    representative,
  };
}
