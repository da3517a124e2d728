import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { momentOf, oneMoment, toLogInstant } from './moment.ts';

const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'taken';
};

describe('an instant', () => {
  it('is written as the log writes it, whatever its zone', () => {
    expect(toLogInstant('2025-04-02T08:30:00+07:00')).toBe('2025-04-02T01:30:00.000000Z');
    expect(toLogInstant('2025-04-02T01:30:00.5Z')).toBe('2025-04-02T01:30:00.500000Z');
    expect(toLogInstant('2025-04-02T01:30:00.123456789Z')).toBe('2025-04-02T01:30:00.123456Z');
    expect(toLogInstant('2025-04-02T00:10+07:00')).toBe('2025-04-01T17:10:00.000000Z');
  });

  it('compares as text as it does in time', () => {
    const instants = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [one, other] = [a, b].map((each) => toLogInstant(each.toISOString()));
        expect((one ?? '') < (other ?? '')).toBe(a.getTime() < b.getTime());
      }),
    );
  });

  it.each([
    'yesterday',
    '2025-04-02',
    '2025-04-02T08:30:00',
    '2025-13-02T08:30:00Z',
    '',
    'position:-1',
    'version:x',
  ])('is not %j', (text) => {
    expect(refused(() => momentOf(text, 'from'))).toBe('EID_ERR_SHAPE');
  });
});

describe('a moment', () => {
  it('is named in one word', () => {
    expect(momentOf('position:12', 'from')).toEqual({ position: 12 });
    expect(momentOf('version:3', 'from')).toEqual({ version: 3 });
    expect(momentOf('2025-04-02T01:30:00Z', 'from')).toEqual({ at: '2025-04-02T01:30:00.000000Z' });
  });

  it('is one, or the present', () => {
    expect(oneMoment({})).toBeUndefined();
    expect(oneMoment({ version: 3 })).toEqual({ version: 3 });
    expect(refused(() => oneMoment({ version: 3, position: 3 }))).toBe('EID_ERR_SHAPE');
  });
});
