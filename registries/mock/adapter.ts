import { pause } from '../../bus/wait.ts';
import type { Registry, RegistryQuery } from '../../schemas/registry.ts';
import { defineAdapter, type LookupResult, type RegistryAdapter } from '../kit/adapter.ts';
import { refused } from '../kit/results.ts';
import type { FaultBoard, FaultRule } from '../rehearsal/fault.ts';
import { respondWith, SENDING_FAULTS } from '../rehearsal/respond.ts';
import { otherValues, selectValues } from './lookup.ts';
import type { MockRecords } from './records.ts';
import type { MockRecord } from './schema.ts';

const DEFAULT_SLOW_MS = 2_000;

/** A registry that looks up its records and misbehaves as data and board say. */
export function mockRegistry(
  registry: Registry,
  records: MockRecords,
  board: FaultBoard,
): { readonly adapter: RegistryAdapter; readonly lookups: () => number } {
  let lookups = 0;

  async function lookup(query: RegistryQuery, signal: AbortSignal): Promise<LookupResult> {
    const reference = `${registry}-${++lookups}`;
    const record = records.find(query);
    const rule = board.show(
      ['SLOW', 'WRONG', 'UNAVAILABLE', 'ERROR', 'REFUSED'],
      keysOf(query),
      ownFault(record),
    );
    switch (rule?.fault) {
      case 'SLOW':
        await pause(rule.ms ?? DEFAULT_SLOW_MS, signal);
        signal.throwIfAborted();
        break;
      case 'UNAVAILABLE':
        return { outcome: 'UNAVAILABLE', detail: 'the registry is under maintenance', retryAfterMs: rule.ms };
      case 'REFUSED':
        return refused('NOT_AUTHORISED', 'refused as commanded');
      case 'ERROR':
        throw new Error('the mock registry fails as commanded');
      case 'WRONG':
        return { outcome: 'FOUND', reference, status: 'ACTIVE', values: otherValues(query.fields) };
    }
    if (!record) return { outcome: 'NOT_FOUND', reference };
    const { status, statusSince } = record;
    const values = selectValues(record.values, query.fields);
    return { outcome: 'FOUND', reference, status, statusSince, values };
  }

  const adapter = defineAdapter({
    registry,
    concurrency: 64,
    lookup: (query, { signal }) => lookup(query, signal),
    respond: (question, reply, send) => {
      const query = question as RegistryQuery;
      const rule = board.show(SENDING_FAULTS, keysOf(query), ownFault(records.find(query)));
      return respondWith(rule, question, reply, send);
    },
  });
  return { adapter, lookups: () => lookups };
}

function ownFault(record: MockRecord | undefined): FaultRule | undefined {
  if (record?.fault === undefined) return undefined;
  return { fault: record.fault, ms: record.faultMs, times: record.faultTimes };
}

const keysOf = ({ subject }: RegistryQuery): string[] =>
  [subject.code, subject.taxCode, subject.personNumber].filter((key) => key !== undefined);
