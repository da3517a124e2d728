import { describe, expect, it } from 'vitest';
import type { RegistryQuery } from '../../schemas/registry.ts';
import { indexOf, otherValues, selectValues } from './lookup.ts';
import { MockData } from './schema.ts';

const data = MockData.parse({
  records: [
    {
      keys: { code: '0100000001', taxCode: '0100000002', personNumber: '001099000001' },
      values: { name_vi: 'Ví Dụ' },
    },
  ],
});
const ask = (subject: Partial<RegistryQuery['subject']>) =>
  ({ subject: { category: 'ENTERPRISE', nameVi: 'Ví Dụ', ...subject } }) as RegistryQuery;

describe('the look-up of a mock registry', () => {
  it('goes by the key of its registry', () => {
    expect(indexOf('BUSINESS', data)(ask({ code: '0100000001' }))).toBeDefined();
    expect(indexOf('BUSINESS', data)(ask({ taxCode: '0100000002' }))).toBeUndefined();
    expect(indexOf('TAX', data)(ask({ taxCode: '0100000002' }))).toBeDefined();
    expect(indexOf('POPULATION', data)(ask({ personNumber: '001099000001' }))).toBeDefined();
    expect(indexOf('POPULATION', data)(ask({}))).toBeUndefined();
  });

  it('takes the code of an enterprise for its tax code when no other was given', () => {
    const records = MockData.parse({ records: [{ keys: { taxCode: '0100000009' }, values: {} }] });
    expect(indexOf('TAX', records)(ask({ code: '0100000009' }))).toBeDefined();
  });

  it('gives only the fields that were asked for and are held', () => {
    expect(selectValues({ name_vi: 'Ví Dụ', address: 'Hưng Yên' }, ['name_vi', 'tax_code'])).toEqual({
      name_vi: 'Ví Dụ',
    });
    expect(Object.keys(otherValues(['name_vi', 'tax_code']))).toEqual(['name_vi', 'tax_code']);
  });
});
