import { expect, it } from 'vitest';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { RecordMatch } from '../../schemas/matching.ts';
import { matchRecords } from './match-records.ts';

const policy = await loadMatchingPolicy();
const declared = {
  name_vi: 'Công ty TNHH Minh Hưng',
  name_abbr: 'MH CO., LTD',
  address: 'Số 5 Lê Lợi, P. Hiến Nam, TP. Hưng Yên, Hưng Yên',
  established_on: '2020-05-03',
  enterprise_code: '0900123456',
};
const held = {
  name_vi: 'CÔNG TY TRÁCH NHIỆM HỮU HẠN MINH HƯNG',
  name_abbr: 'MH CO., LTD',
  address: 'Số 5 đường Lê Lợi, phường Hiến Nam, thành phố Hưng Yên, tỉnh Hưng Yên',
  established_on: '03/05/2020',
  enterprise_code: '0900123456',
};

it('takes a record as the same when every field reads alike', () => {
  const match = matchRecords(policy, declared, held);
  expect(match).toMatchObject({ band: 'same', score: 1, policyVersion: policy.version });
  expect(match.fields.map(({ field }) => field)).toEqual(Object.keys(declared));
  expect(RecordMatch.parse(match)).toEqual(match);
});

it('gives a record to a person when one field is in doubt', () => {
  const match = matchRecords(policy, declared, { ...held, name_vi: 'Công ty TNHH Minh Hùng' });
  expect(match.band).toBe('person');
  expect(match.why.vi).toContain('name_vi: chỉ khác dấu');
});

it('finds a mismatch when a decisive field differs, however alike the others are', () => {
  const match = matchRecords(policy, declared, { ...held, enterprise_code: '0900123457' });
  expect(match.band).toBe('different');
  expect(match.fields.filter(({ band }) => band === 'different').map(({ field }) => field)).toEqual([
    'enterprise_code',
  ]);
});

it('leaves a differing abbreviated name to a person', () => {
  expect(matchRecords(policy, declared, { ...held, name_abbr: 'XYZ' }).band).toBe('person');
});

it('never reads a required field that the registry does not hold as agreement', () => {
  const { established_on: _, ...without } = held;
  expect(matchRecords(policy, declared, without).band).toBe('person');
});

it('passes over an optional field that the registry does not hold, and says so', () => {
  const { name_abbr: _, ...without } = held;
  const match = matchRecords(policy, declared, without);
  expect(match.band).toBe('same');
  expect(match.fields.find(({ field }) => field === 'name_abbr')?.outcome).toBe('missing');
});

it('gives a record to a person when there is nothing to compare', () => {
  expect(matchRecords(policy, {}, held)).toMatchObject({ band: 'person', score: 0, fields: [] });
  expect(matchRecords(policy, declared, {}).band).toBe('person');
});
