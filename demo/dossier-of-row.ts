import type { ZodError } from 'zod';
import { Dossier } from '../schemas/dossier.ts';
import { type Column, type CsvRow, representativeIdOf } from './columns.ts';

/** Which column is at fault, and why, in the words of the schema. */
export type Problem = { readonly column: string; readonly why: string };
export type Made = { readonly dossier: Dossier } | { readonly problems: readonly Problem[] };

/** Where each value of the form stands in the file; a longer path goes before the shorter one it begins with. */
const columnOf: Readonly<Record<string, Column>> = {
  'organisation.nameVi': 'name_vi',
  'organisation.nameAbbr': 'name_abbr',
  'organisation.nameEn': 'name_en',
  'organisation.establishedOn': 'established_on',
  'organisation.address.text': 'address',
  'organisation.address.commune': 'commune',
  'organisation.fieldOfActivity': 'field_of_activity',
  'organisation.code': 'code',
  'organisation.electronicCode': 'electronic_code',
  'organisation.businessField': 'business_field',
  'organisation.businessLines': 'business_lines',
  'organisation.taxCode': 'tax_code',
  'organisation.representative.name': 'representative_name',
  'organisation.representative.number': 'representative_number',
  'organisation.representative.nationality': 'representative_nationality',
  'organisation.category': 'category',
  'organisation.facets': 'facets',
  'organisation.establishedInVietnam': 'established_in_vietnam',
  'registrant.name': 'registrant_name',
  'registrant.number': 'registrant_number',
  'registrant.nationality': 'registrant_nationality',
  'registrant.kind': 'registrant_kind',
  'registrant.accountLevel': 'account_level',
  'registrant.authorisation': 'authorisation',
  'registrant.mobile': 'mobile',
  'registrant.email': 'email',
  otherRepresentatives: 'other_representatives',
  undertaking: 'undertaking',
  containsStateSecret: 'state_secret',
};

const list = (text: string, separator: string): string[] =>
  text === '' ? [] : text.split(separator).map((part) => part.trim());

/** `true` and `false`; anything else goes to the schema as it is and is refused there. */
const truth = (text: string): unknown => (text === 'true' ? true : text === 'false' ? false : text);

const withoutEmpty = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));

function formOf(row: CsvRow): unknown {
  const facets = list(row.facets, '|');
  const others = list(row.other_representatives, ';').map((text, i) => {
    const [id, name, number, nationality] = list(text, '|');
    return { id: id ?? representativeIdOf(row.id, i + 1), name, number, nationality };
  });
  const lines = list(row.business_lines, '|');
  return {
    registrant: withoutEmpty({
      kind: row.registrant_kind,
      name: row.registrant_name,
      number: row.registrant_number,
      nationality: row.registrant_nationality,
      accountLevel: row.account_level === '' ? '' : Number(row.account_level),
      authorisation: row.authorisation,
      mobile: row.mobile,
      email: row.email,
    }),
    organisation: withoutEmpty({
      nameVi: row.name_vi,
      nameAbbr: row.name_abbr,
      nameEn: row.name_en,
      establishedOn: row.established_on,
      address: withoutEmpty({ text: row.address, commune: row.commune }),
      fieldOfActivity: row.field_of_activity,
      code: row.code,
      electronicCode: row.electronic_code,
      businessField: row.business_field,
      businessLines: lines.length > 0 ? lines : undefined,
      taxCode: row.tax_code,
      representative: withoutEmpty({
        name: row.representative_name,
        number: row.representative_number,
        nationality: row.representative_nationality,
      }),
      category: row.category,
      facets,
      establishedInVietnam: truth(row.established_in_vietnam),
    }),
    otherRepresentatives: others,
    undertaking: truth(row.undertaking),
    containsStateSecret: truth(row.state_secret),
  };
}

/** The form TK02 that a row holds, or the columns that keep it from being one; values are never repeated. */
export function dossierOfRow(row: CsvRow): Made {
  const parsed = Dossier.safeParse(formOf(row));
  return parsed.success ? { dossier: parsed.data } : { problems: problemsOf(parsed.error) };
}

function problemsOf(error: ZodError): Problem[] {
  return error.issues.map(({ path, message }) => {
    const text = path.join('.');
    const found = Object.keys(columnOf).find((at) => text === at || text.startsWith(`${at}.`));
    return { column: (found && columnOf[found]) ?? text, why: message };
  });
}
