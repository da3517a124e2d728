/** Columns of a file of organisations: form TK02 (parts A and B), how it is filed, and the storyline it plays. */
export const columns = [
  'id',
  'path',
  'channel',
  'reception',
  'category',
  'facets',
  'name_vi',
  'name_abbr',
  'name_en',
  'established_on',
  'address',
  'commune',
  'field_of_activity',
  'code',
  'electronic_code',
  'business_field',
  'business_lines',
  'tax_code',
  'representative_name',
  'representative_number',
  'representative_nationality',
  'registrant_kind',
  'registrant_name',
  'registrant_number',
  'registrant_nationality',
  'account_level',
  'authorisation',
  'mobile',
  'email',
  'other_representatives',
  'established_in_vietnam',
  'undertaking',
  'state_secret',
  'supplement',
] as const;

export type Column = (typeof columns)[number];
export type CsvRow = Readonly<Record<Column, string>>;

/** Opaque id of the person who registers for an organisation: it stands for the VNeID account. */
export const registrantIdOf = (id: string): string => `vneid-${id.toLowerCase()}`;

/** Opaque id of another legal representative, counted from 1. */
export const representativeIdOf = (id: string, ordinal: number): string =>
  `${registrantIdOf(id)}-r${ordinal}`;
