import { describe, expect, it } from 'vitest';
import { ElectronicIdentity } from '../../schemas/dossier.ts';
import { dossier } from '../testing/dossiers.ts';
import { declaredValues, identityOf, NUMBER_TOKEN, organisationKeys } from './organisation.ts';

describe('the keys under which an organisation is reserved', () => {
  const keys = (organisation: Parameters<typeof dossier>[0]) => organisationKeys(dossier(organisation));
  it('are its codes; an enterprise code that equals the tax code is one key', () => {
    expect(keys({})).toEqual(['code:0900000011']);
    expect(keys({ organisation: { taxCode: '0900000022' } })).toEqual(['code:0900000011', 'code:0900000022']);
  });
  it('are the same whichever of the two was declared', () => {
    expect(keys({ organisation: { code: undefined } })).toEqual(
      keys({ organisation: { taxCode: undefined } }),
    );
  });
  it('without codes are name, commune and date, however the name was typed', () => {
    const none = { code: undefined, taxCode: undefined };
    const key = keys({ organisation: { ...none, nameVi: 'Hội  Chữ thập đỏ ' } });
    expect(key).toEqual(['name:hội chữ thập đỏ|XA-LAM-SON|2019-05-06']);
    expect(keys({ organisation: { ...none, nameVi: 'HỘI CHỮ THẬP ĐỎ'.normalize('NFD') } })).toEqual(key);
    expect(
      keys({ organisation: { ...none, nameVi: 'Hội Chữ thập đỏ', establishedOn: '2001-01-01' } }),
    ).not.toEqual(key);
    expect(keys({ organisation: { ...none, nameVi: 'Hội Chữ thập đỏ', establishedOn: undefined } })).toEqual([
      'name:hội chữ thập đỏ|XA-LAM-SON|',
    ]);
  });
});

describe('the electronic identity', () => {
  it('has the eight items of Article 6', () => {
    const identity = identityOf(dossier({ organisation: { electronicCode: 'H01.151' } }));
    expect(identity).toEqual({
      identificationNumber: NUMBER_TOKEN,
      names: { vi: 'Công ty TNHH Sao Mai', abbr: 'SAMACO', foreign: 'Sao Mai Company Limited' },
      establishedOn: '2019-05-06',
      headOffice: 'Số 12 đường Nguyễn Văn Linh, xã Lâm Sơn, tỉnh Hưng Yên',
      taxCode: '0900000011',
      enterpriseCode: '0900000011',
      electronicCode: 'H01.151',
      representative: { name: 'Nguyễn Thị Lan', number: '033190000001', nationality: 'VN' },
    });
    expect(Object.keys(ElectronicIdentity.shape)).toHaveLength(8);
    expect(ElectronicIdentity.parse({ ...identity, identificationNumber: '10000000001' })).toMatchObject({
      names: { abbr: 'SAMACO' },
    });
  });
  it('leaves out what there is only "if any"', () => {
    const organisation = { nameAbbr: undefined, nameEn: undefined, code: undefined, taxCode: undefined };
    expect(identityOf(dossier({ organisation }))).toEqual({
      identificationNumber: NUMBER_TOKEN,
      names: { vi: 'Công ty TNHH Sao Mai' },
      establishedOn: '2019-05-06',
      headOffice: expect.any(String),
      representative: expect.any(Object),
    });
  });
  it('does not exist without date of establishment or representative', () => {
    expect(identityOf(dossier({ organisation: { establishedOn: undefined } }))).toBeUndefined();
    expect(identityOf(dossier({ organisation: { representative: undefined } }))).toBeUndefined();
  });
});

describe('the declared values', () => {
  it('go by the names that registries use, without what was not declared', () => {
    const values = declaredValues(dossier({ organisation: { nameEn: undefined, taxCode: undefined } }));
    expect(Object.keys(values).sort()).toEqual([
      'address',
      'enterprise_code',
      'established_on',
      'name_abbr',
      'name_vi',
      'representative_id',
      'representative_name',
    ]);
  });
});
