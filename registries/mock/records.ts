import type { RecordValues, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { ChangeCommand } from '../rehearsal/change-command.ts';
import { indexOf } from './lookup.ts';
import type { MockData, MockRecord } from './schema.ts';

export type MockRecords = {
  /** The record that a query means. */
  find(query: RegistryQuery): MockRecord | undefined;
  /** The record with this key of any kind. */
  byKey(key: string): MockRecord | undefined;
  /** Puts a record in the place of another one. */
  replace(before: MockRecord, after: MockRecord): void;
};

/** The records of a mock registry, in memory: what a command alters lasts as long as the process. */
export function recordsOf(registry: Registry, data: MockData): MockRecords {
  let { records } = data;
  let find = indexOf(registry, { records });
  return {
    find: (query) => find(query),
    byKey: (key) => records.find(({ keys }) => Object.values(keys).includes(key)),
    replace(before, after) {
      records = records.map((record) => (record === before ? after : record));
      find = indexOf(registry, { records });
    },
  };
}

/** The record as the command leaves it; a new code is its key from then on. */
export function changed(record: MockRecord, { values, status, statusSince }: ChangeCommand): MockRecord {
  return {
    ...record,
    keys: { ...record.keys, ...newKeys(record, values) },
    ...(status === undefined ? {} : { status }),
    ...(statusSince === undefined ? {} : { statusSince }),
    values: { ...record.values, ...values },
  };
}

function newKeys({ keys }: MockRecord, values: RecordValues = {}): Partial<MockRecord['keys']> {
  const { enterprise_code, tax_code, representative_id } = values;
  return {
    ...(enterprise_code === undefined ? {} : { code: enterprise_code }),
    ...(tax_code === undefined ? {} : { taxCode: tax_code }),
    ...(representative_id === undefined || keys.personNumber === undefined
      ? {}
      : { personNumber: representative_id }),
  };
}
