import type { RecordField, RecordValues, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { MockData, MockRecord } from './schema.ts';

/** Finds the record that a query means: BUSINESS and COOPERATIVE by code, TAX by tax code, POPULATION by personal number. */
export function indexOf(
  registry: Registry,
  data: MockData,
): (query: RegistryQuery) => MockRecord | undefined {
  const byKey = new Map(data.records.map((record) => [keyOf(registry, record.keys), record]));
  return (query) => {
    const key = keyOf(registry, query.subject);
    return key === undefined ? undefined : byKey.get(key);
  };
}

type Keys = {
  readonly code?: string | undefined;
  readonly taxCode?: string | undefined;
  readonly personNumber?: string | undefined;
};

/** An enterprise's code is its tax code (Circular 86/2024/TT-BTC Art 5), so TAX falls back on it. */
export function keyOf(registry: Registry, keys: Keys): string | undefined {
  switch (registry) {
    case 'BUSINESS':
    case 'COOPERATIVE':
      return keys.code;
    case 'TAX':
      return keys.taxCode ?? keys.code;
    case 'POPULATION':
      return keys.personNumber;
  }
}

/** The values that were asked for. */
export function selectValues(values: RecordValues, fields: readonly RecordField[]): RecordValues {
  return Object.fromEntries(fields.flatMap((field) => (field in values ? [[field, values[field]]] : [])));
}

const OTHER_VALUES: Readonly<Record<RecordField, string>> = {
  name_vi: 'CÔNG TY TNHH MỘT TÊN KHÁC HẲN',
  name_abbr: 'TÊN KHÁC',
  name_en: 'ANOTHER NAME COMPANY LIMITED',
  address: 'Số 99, đường Khác, phường Khác, tỉnh Cà Mau',
  representative_name: 'Người Đại Diện Khác',
  representative_id: '999999999999',
  established_on: '1999-09-09',
  tax_code: '9999999999',
  enterprise_code: '9999999999',
};

/** Values of nobody, in place of those asked for. */
export const otherValues = (fields: readonly RecordField[]): RecordValues =>
  selectValues(OTHER_VALUES, fields);
