import type { RecordValues, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { ChangeCommand } from '../rehearsal/change-command.ts';
import { keyOf } from './lookup.ts';
import type { MockData, MockRecord } from './schema.ts';

export type MockRecords = {
  /** The record that a query means. */
  find(query: RegistryQuery): MockRecord | undefined;
  /** The record with this key of any kind. */
  byKey(key: string): MockRecord | undefined;
  /** Puts a record in the place of another one; the cost does not grow with their number. */
  replace(before: MockRecord, after: MockRecord): void;
  /** The records in the order of the file, as they are now. */
  all(): Iterable<MockRecord>;
};

/** The records of a mock registry, in memory: what a command alters lasts as long as the process. */
export function recordsOf(registry: Registry, data: MockData): MockRecords {
  const places = new Map<MockRecord, number>();
  const records: MockRecord[] = [];
  const byLookup = new Map<string, MockRecord>();
  const byAnyKey = new Map<string, MockRecord>();

  function index(record: MockRecord): void {
    const key = keyOf(registry, record.keys);
    if (key !== undefined) byLookup.set(key, record);
    for (const each of Object.values(record.keys)) {
      if (each !== undefined && !byAnyKey.has(each)) byAnyKey.set(each, record);
    }
  }
  function forget(record: MockRecord): void {
    const key = keyOf(registry, record.keys);
    if (key !== undefined && byLookup.get(key) === record) byLookup.delete(key);
    for (const each of Object.values(record.keys)) {
      if (each !== undefined && byAnyKey.get(each) === record) byAnyKey.delete(each);
    }
  }

  for (const record of data.records) {
    places.set(record, records.push(record) - 1);
    index(record);
  }
  return {
    find(query) {
      const key = keyOf(registry, query.subject);
      return key === undefined ? undefined : byLookup.get(key);
    },
    byKey: (key) => byAnyKey.get(key),
    replace(before, after) {
      const place = places.get(before);
      if (place === undefined) return;
      forget(before);
      places.delete(before);
      places.set(after, place);
      records[place] = after;
      index(after);
    },
    all: () => records,
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
