import type { RecordField } from '../../../schemas/registry.ts';

const all: Readonly<Record<RecordField, true>> = {
  name_vi: true,
  name_abbr: true,
  name_en: true,
  address: true,
  representative_name: true,
  representative_id: true,
  established_on: true,
  tax_code: true,
  enterprise_code: true,
};

/** Whether a text names a field of a record. */
const isRecordField = (name: string): name is RecordField => Object.hasOwn(all, name);

/** Every field of a record, in the order in which they are reported. */
export const recordFields: readonly RecordField[] = Object.keys(all).filter(isRecordField);
