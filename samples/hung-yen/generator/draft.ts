import { type Column, columns, registrantIdOf } from '../../../demo/columns.ts';
import type { ChannelRule } from '../../../registries/channels/schema.ts';
import type { MockRecord } from '../../../registries/mock/schema.ts';
import type { RecordValues, Registry } from '../../../schemas/registry.ts';
import { type Place, places } from './places.ts';
import { brand, cooperatives, forms, others, personName, plain, taxed, trades } from './words.ts';

export type Row = Record<Column, string>;
export type Category = 'ENTERPRISE' | 'COOPERATIVE' | 'TAXCODE_ORG' | 'OTHER_ORG';

/** An organisation in the making: its row, what each registry holds of it, and what the channels do with its notices. */
export type Draft = {
  readonly n: number;
  readonly row: Row;
  readonly records: { [R in Registry]?: MockRecord };
  readonly rules: ChannelRule[];
};

const digits = (n: number, length: number): string => String(n).padStart(length, '0');

/** Invented numbers: they begin with zeros as no real one does. */
export const codeOf = (n: number): string => digits(1000 + n, 10);
export const personNumberOf = (n: number): string => digits(10_000 + n, 12);

const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new RangeError('an empty list');
  return found;
};

function named(n: number, category: Category): Partial<Row> {
  const own = brand(n);
  const ascii = plain(own);
  switch (category) {
    case 'ENTERPRISE': {
      const [trade, tradeEn] = pick(trades, n);
      const [form, formEn] = pick(forms, n);
      return {
        name_vi: `${form} ${trade} ${own}`,
        name_abbr: `${ascii.replaceAll(' ', '').toUpperCase()} ${form.endsWith('cổ phần') ? 'JSC' : 'CO., LTD'}`,
        name_en: `${ascii} ${tradeEn} ${formEn}`,
        business_field: trade,
        business_lines: `${trade}|Bán buôn tổng hợp`,
      };
    }
    case 'COOPERATIVE': {
      const kind = pick(cooperatives, n);
      return { name_vi: `Hợp tác xã ${kind} ${own}`, name_abbr: `HTX ${own}`, business_field: kind };
    }
    case 'TAXCODE_ORG': {
      const [form, facet] = pick(taxed, n);
      return {
        name_vi: `${form} ${own}`,
        facets: facet,
        field_of_activity: facet === 'SCHOOL' ? 'Giáo dục' : 'Công vụ',
      };
    }
    case 'OTHER_ORG':
      return {
        name_vi: `${pick(others, n)} ${own}`,
        facets: 'POLITICAL_SOCIAL_ORG',
        field_of_activity: 'Hoạt động xã hội',
      };
  }
}

/** A complete and eligible organisation that every registry agrees with. */
export function draftOf(n: number, category: Category, place: Place = pick(places, n)): Draft {
  const id = `HY-${digits(n, 3)}`;
  const code = codeOf(n);
  const representative = {
    representative_name: personName(n),
    representative_number: personNumberOf(n),
    representative_nationality: 'VN',
  };
  const row: Row = {
    ...(Object.fromEntries(columns.map((column) => [column, ''])) as Row),
    id,
    channel: n % 5 === 4 ? 'VNEID_WEB' : 'VNEID_APP',
    reception: place.reception,
    category,
    established_on: `${2005 + (n % 19)}-${digits(1 + (n % 12), 2)}-${digits(1 + ((n * 7) % 28), 2)}`,
    address: `Số ${1 + ((n * 11) % 240)}, ${place.street}, ${place.name}, ${place.above}, tỉnh Hưng Yên`,
    commune: place.commune,
    ...(category === 'ENTERPRISE' || category === 'COOPERATIVE' ? { code, electronic_code: code } : {}),
    ...(category === 'OTHER_ORG' ? {} : { tax_code: code }),
    ...representative,
    registrant_kind:
      category === 'ENTERPRISE' || category === 'COOPERATIVE' ? 'LEGAL_REPRESENTATIVE' : 'HEAD',
    registrant_name: representative.representative_name,
    registrant_number: representative.representative_number,
    registrant_nationality: 'VN',
    account_level: '2',
    mobile: `0000${digits(n, 6)}`,
    email: `${id.toLowerCase()}@example.com`,
    established_in_vietnam: 'true',
    undertaking: 'true',
    state_secret: 'false',
    ...named(n, category),
  };
  return { n, row, records: recordsOf(row), rules: [] };
}

/** What registries hold of an organisation when they agree with it; the population register holds its representative. */
export function recordsOf(row: Row): Draft['records'] {
  const { name_vi, address, representative_name } = row;
  const records: Draft['records'] = {
    POPULATION: {
      keys: { personNumber: row.representative_number },
      status: 'ACTIVE',
      values: { representative_name, representative_id: row.representative_number },
    },
  };
  if (row.tax_code !== '') {
    records.TAX = {
      keys: { taxCode: row.tax_code },
      status: 'ACTIVE',
      values: { name_vi, address, representative_name, tax_code: row.tax_code },
    };
  }
  if (row.code !== '') {
    records[row.category === 'COOPERATIVE' ? 'COOPERATIVE' : 'BUSINESS'] = {
      keys: { code: row.code },
      status: 'ACTIVE',
      values: filled({
        name_vi,
        name_abbr: row.name_abbr,
        name_en: row.name_en,
        address,
        representative_name,
        established_on: row.established_on,
        enterprise_code: row.code,
      }),
    };
  }
  return records;
}

const filled = (values: Record<string, string>): RecordValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as RecordValues;

/** What a registry holds instead of what is declared. */
export function holds(draft: Draft, registry: Registry, values: RecordValues): void {
  const record = draft.records[registry];
  if (record) draft.records[registry] = { ...record, values: { ...record.values, ...values } };
}

/** The registry's record with something else about it. */
export function change(draft: Draft, registry: Registry, more: Partial<MockRecord>): void {
  const record = draft.records[registry];
  if (record) draft.records[registry] = { ...record, ...more };
}

/** Channels fail for the registrant of a row. */
export function failing(draft: Draft, ...addresses: readonly ('vneid' | 'mobile' | 'email')[]): void {
  const { id, mobile, email } = draft.row;
  const address = { vneid: registrantIdOf(id), mobile, email };
  for (const kind of addresses) draft.rules.push({ match: address[kind], outcome: 'FAILED', afterMs: 50 });
}
