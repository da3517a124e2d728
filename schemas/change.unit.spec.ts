import { describe, expect, it } from 'vitest';
import { RegistryChange } from './change.ts';

const change = {
  schema: 'registry-change/1',
  id: 'c1',
  registry: 'BUSINESS',
  reference: 'DKKD-1',
  changedAt: '2025-03-11T05:00:00.000Z',
  subject: { code: '0900000011' },
};

describe('a change that a registry publishes', () => {
  it('may be of a status alone, of the first revision', () => {
    expect(RegistryChange.parse({ ...change, status: 'CEASED' })).toEqual({
      ...change,
      status: 'CEASED',
      revision: 0,
      values: {},
    });
  });
  it('may hold what later versions add', () => {
    const later = { ...change, values: { address: 'Số 1', website: 'saomai.vn' }, priority: 1 };
    expect(RegistryChange.parse(later).values).toEqual({ address: 'Số 1' });
  });
  it('names the record that it is about', () => {
    const { error } = RegistryChange.safeParse({ ...change, subject: {} });
    expect(error?.issues).toMatchObject([{ path: ['subject'], message: 'EID_ERR_SHAPE_CHANGE_SUBJECT' }]);
  });
  it.each([
    ['name_vi', '  '],
    ['name_vi', 'x'.repeat(301)],
    ['address', 'x'.repeat(501)],
    ['established_on', '2025-02-30'],
    ['tax_code', '123'],
    ['enterprise_code', '0900000011-000'],
    ['representative_id', ''],
    ['representative_name', null],
  ])('is refused when its %s could not stand in an identity: %j', (field, value) => {
    const { error } = RegistryChange.safeParse({ ...change, values: { [field]: value } });
    expect(error?.issues[0]?.path).toEqual(['values', field]);
  });
});
