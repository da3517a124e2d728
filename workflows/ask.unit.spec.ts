import { describe, expect, it } from 'vitest';
import type { RegistryAnswer } from '../schemas/registry.ts';
import { heard } from './ask.ts';

const head = {
  schema: 'registry-answer/1',
  id: 'registration-1.TAX.1:TAX',
  queryId: 'registration-1.TAX.1',
  registry: 'TAX',
  reference: 'GDT-1',
  answeredAt: '2025-04-02T01:00:00.000Z',
} as const;

describe('what a registry answered', () => {
  it.each<RegistryAnswer>([
    { ...head, outcome: 'NOT_FOUND' },
    { ...head, outcome: 'FOUND', status: 'ACTIVE', values: {} },
  ])('is taken as it is when it speaks of the record: $outcome', (answer) => {
    expect(heard(answer)).toEqual(answer);
  });

  it('is a silence for a person to look at when it refuses, never "not found"', () => {
    const refusal = {
      ...head,
      attempt: 2,
      outcome: 'REFUSED',
      reason: 'LEGAL_HOLD',
      detail: 'sealed',
    } as const;
    expect(heard(refusal)).toEqual({ silent: true, attempts: 2, detail: 'REFUSED: LEGAL_HOLD' });
  });

  it('counts as one attempt when it names none, as adapters of before did not', () => {
    expect(heard({ ...head, outcome: 'REFUSED', reason: 'NOT_OUR_RECORD' })).toMatchObject({ attempts: 1 });
  });

  it('is a silence when it is unavailable and nobody asks again', () => {
    const busy = { ...head, outcome: 'UNAVAILABLE', detail: 'maintenance' } as const;
    expect(heard(busy)).toMatchObject({ silent: true, detail: 'maintenance' });
  });
});
