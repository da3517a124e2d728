import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { PersonalNumber, TaxCode } from '../../schemas/codes.ts';
import { Registry } from '../../schemas/registry.ts';
import { MockData } from '../mock/schema.ts';
import { checkDigit, taxCodeOf } from './codes.ts';
import { keysOf } from './dirt/typing.ts';
import { mockDataOf } from './mock-data.ts';
import { worldOf } from './world.ts';

const world = [...worldOf('spec', 4000)];
const dirt = world.flatMap((one) => Object.values(one.records).flatMap((record) => record.dirt));

describe('a generated world', () => {
  it('is the same for the same seed, and its first are those of a larger one', () => {
    expect([...worldOf('spec', 300)]).toEqual(world.slice(0, 300));
    expect([...worldOf('other', 3)]).not.toEqual(world.slice(0, 3));
  });

  it('has every kind of organisation that the campaign documents name', () => {
    const states = new Set(world.map(({ state }) => state));
    expect([...states].sort()).toEqual(['CEASED', 'DISSOLVED', 'FOREIGN_LED', 'GHOST', 'LIVE']);
    const kinds = new Set(dirt.map(({ kind }) => kind));
    for (const kind of [
      'moved',
      'renamed',
      'other representative',
      'new commune after the merger',
      'marks lost',
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(kinds.size).toBeGreaterThan(60);
  });

  it('gives every organisation codes and numbers of its own, in the shape that the schemas ask', () => {
    const codes = world.flatMap(({ organisation: { taxCode } }) => taxCode ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(TaxCode.safeParse(code).success).toBe(true);
    const numbers = world.map(({ organisation: { representative } }) => representative);
    for (const { number, nationality } of numbers) {
      if (nationality === 'VN') expect(PersonalNumber.safeParse(number).success).toBe(true);
    }
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
  });

  it('names nobody: no code begins as a real one does', () => {
    for (const { organisation } of world) {
      expect(organisation.taxCode ?? '00').toMatch(/^00/);
      expect(organisation.representative.number).toMatch(/^(000|P)/);
    }
  });

  it.each(Registry.options)('is data that the mock registry %s reads', (registry) => {
    const data = mockDataOf(registry, 'spec', 500);
    expect(MockData.parse(data)).toEqual(data);
    expect(data.records.length).toBeGreaterThan(registry === 'COOPERATIVE' ? 30 : 300);
  });

  it('marks an organisation that has ended in its registry', () => {
    const ended = world.filter(({ state }) => state === 'CEASED');
    const held = ended.flatMap(({ records: { BUSINESS, TAX } }) =>
      [BUSINESS, TAX].filter((r) => r !== undefined),
    );
    expect(held.length).toBeGreaterThan(20);
    for (const record of held)
      expect(record).toMatchObject({ status: 'CEASED', statusSince: expect.any(String) });
  });
});

test.prop([fc.nat(300_000)])('the check digit of an invented code is right, and no other digit is', (n) => {
  const code = taxCodeOf(n);
  expect(code).toMatch(/^\d{10}$/);
  expect(checkDigit(code.slice(0, 9))).toBe(Number(code[9]));
});

it('writes a word as the keys of an input method that is off', () => {
  expect([keysOf('Hưng', 'telex'), keysOf('Hưng', 'vni')]).toEqual(['Huwng', 'Hu7ng']);
  expect([keysOf('Tiến', 'telex'), keysOf('Đại', 'vni')]).toEqual(['Tieens', 'D9ai5']);
});
