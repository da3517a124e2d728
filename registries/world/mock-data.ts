import type { Registry } from '../../schemas/registry.ts';
import type { MockData, MockRecord } from '../mock/schema.ts';
import type { Organisation } from './organisation.ts';
import { type WorldOrganisation, worldOf } from './world.ts';

/** What a mock registry holds of a world, under the keys that organisations declare. */
export function mockDataOf(registry: Registry, seed: string, count: number): MockData {
  return { records: [...worldOf(seed, count)].flatMap((one) => recordOf(registry, one)) };
}

function recordOf(registry: Registry, { organisation, records }: WorldOrganisation): MockRecord[] {
  const held = records[registry];
  if (!held) return [];
  const { values, status, statusSince } = held;
  return [
    {
      keys: keysOf(registry, organisation),
      status,
      ...(statusSince === undefined ? {} : { statusSince }),
      values,
    },
  ];
}

function keysOf(registry: Registry, { code, taxCode, representative }: Organisation): MockRecord['keys'] {
  switch (registry) {
    case 'BUSINESS':
    case 'COOPERATIVE':
      return code === undefined ? {} : { code };
    case 'TAX':
      return taxCode === undefined ? {} : { taxCode };
    case 'POPULATION':
      return { personNumber: representative.number };
  }
}
