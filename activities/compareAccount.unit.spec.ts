import { beforeAll, describe, expect, it } from 'vitest';
import { loadPolicy } from '../policies/load.ts';
import { pin } from '../policies/pin.ts';
import type { AccountState } from '../schemas/account.ts';
import type { LockGround } from '../schemas/lock.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { RecordField, RegistryAnswer } from '../schemas/registry.ts';
import { compareAccount } from './compareAccount.ts';

let policy: CasePolicy;
beforeAll(async () => {
  policy = pin(await loadPolicy());
});

const asked: readonly RecordField[] = ['name_vi', 'address', 'representative_id'];
const representative = { name: 'Nguyễn Văn Ví Dụ', number: '001099000001', nationality: 'VN' };
const account: Partial<AccountState> = {
  identity: {
    identificationNumber: '10000000001',
    names: { vi: 'Công ty TNHH Ví Dụ' },
    establishedOn: '2020-05-06',
    headOffice: 'Số 1 đường Ví Dụ',
    representative,
  },
  grounds: [],
  information: [],
  registryStatus: {},
};
const same = {
  name_vi: 'CÔNG TY TNHH VÍ DỤ',
  address: 'Số 1 đường Ví Dụ',
  representative_id: '001099000001',
};
const answer = (more: Partial<Extract<RegistryAnswer, { outcome: 'FOUND' }>> = {}) => ({
  schema: 'registry-answer/1' as const,
  id: 'answer-1',
  queryId: 'reconciliation-1.BUSINESS.10000000001',
  registry: 'BUSINESS' as const,
  reference: 'GCN-1',
  answeredAt: '2025-04-02T01:00:00.000Z',
  outcome: 'FOUND' as const,
  status: 'ACTIVE' as const,
  values: same,
  ...more,
});
const ground = (more: Partial<LockGround>): LockGround => ({
  id: 'ground-1',
  code: 'OPERATION_CEASED',
  basis: 'test',
  authority: { id: 'BUSINESS', name: 'BUSINESS' },
  liftedBy: 'REGISTRY',
  since: '2025-04-02T01:00:00.000Z',
  ...more,
});
const compare = (state: Partial<AccountState>, found: ReturnType<typeof answer>) =>
  compareAccount(state, found, asked, policy);

describe('an account beside a registry', () => {
  it('agrees when the values say the same, however they are written', () => {
    const found = compare(account, answer());
    expect(found).toMatchObject({ outcome: 'AGREES', status: { result: 'SAME', theirs: 'ACTIVE' } });
    expect('fields' in found && found.fields.map(({ result }) => result)).toEqual(['SAME', 'SAME', 'SAME']);
  });

  it('differs in the field that differs, with both values, the reason, and numbers of persons masked', () => {
    const values = { ...same, address: 'Số 99 phường Khác', representative_id: '001099000002' };
    const found = compare(account, answer({ values }));
    expect(found).toMatchObject({
      outcome: 'DIFFERS',
      fields: [
        { field: 'name_vi', result: 'SAME' },
        { field: 'address', result: 'DIFFERENT', ours: 'Số 1 đường Ví Dụ', theirs: 'Số 99 phường Khác' },
        { field: 'representative_id', result: 'DIFFERENT' },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('001099');
  });

  it('does not differ in what one side does not hold', () => {
    const { address: _, ...rest } = same;
    const found = compare(account, answer({ values: rest }));
    expect(found).toMatchObject({ outcome: 'AGREES' });
    expect('fields' in found && found.fields[1]?.result).toBe('NOT_HELD');
  });

  it('compares the value that counts now and says whose it is', () => {
    const taken = {
      field: 'address' as const,
      value: 'Số 2 đường Ví Dụ',
      source: 'BUSINESS' as const,
      changedAt: '2025-04-02T01:00:00.000Z',
      revision: 0,
      takenAt: '2025-04-02T01:00:00.000Z',
    };
    const found = compare({ ...account, information: [taken] }, answer());
    expect('fields' in found && found.fields[1]).toMatchObject({
      result: 'DIFFERENT',
      ours: 'Số 2 đường Ví Dụ',
      source: 'BUSINESS',
      theirs: 'Số 1 đường Ví Dụ',
    });
  });

  it.each([
    ['an end for which we do not lock', 'CEASED', [], 'NOT_LOCKED'],
    ['a dissolution where we lock for a cessation alone', 'DISSOLVED', [ground({})], 'NOT_LOCKED'],
    ['an end for which we lock', 'CEASED', [ground({})], 'SAME'],
    [
      'a cessation of an account that has ended',
      'CEASED',
      [ground({ code: 'DISSOLVED', liftedBy: 'NOBODY' })],
      'SAME',
    ],
    ['life where we lock on its word', 'ACTIVE', [ground({})], 'STILL_LOCKED'],
    [
      'life where another registry’s word locks',
      'ACTIVE',
      [ground({ authority: { id: 'TAX', name: 'TAX' } })],
      'SAME',
    ],
    ['a suspension, which is no ground', 'SUSPENDED', [], 'SAME'],
  ] as const)('beside %s', (_, status, grounds, result) => {
    const found = compare({ ...account, grounds: [...grounds] }, answer({ status }));
    expect('status' in found && found.status.result).toBe(result);
    expect(found.outcome).toBe(result === 'SAME' ? 'AGREES' : 'DIFFERS');
  });

  it('is not compared field by field once it has ended', () => {
    const ended = { ...account, grounds: [ground({ code: 'DISSOLVED', liftedBy: 'NOBODY' })] };
    const found = compare(ended, answer({ status: 'DISSOLVED', values: { name_vi: 'Tên khác hẳn' } }));
    expect(found).toMatchObject({ outcome: 'AGREES', fields: [] });
  });

  it('is not found when the registry says so, which is no difference of a field', () => {
    const { schema, id, queryId, registry, reference, answeredAt } = answer();
    const none = { schema, id, queryId, registry, reference, answeredAt, outcome: 'NOT_FOUND' as const };
    expect(compareAccount(account, none, asked, policy)).toEqual({
      outcome: 'NOT_FOUND',
      reference: 'GCN-1',
    });
  });
});
