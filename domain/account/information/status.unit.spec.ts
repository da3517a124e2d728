import { describe, expect, it } from 'vitest';
import type { LockGroundCode } from '../../../schemas/lock.ts';
import type { CasePolicy } from '../../../schemas/policy.ts';
import type { RegistryStatus } from '../../../schemas/registry.ts';
import { change, informed, march, take } from '../../testing/changes.ts';
import { decree, decreeWith } from '../../testing/policy.spec.ts';

const account = informed(decree);
const says = (status: RegistryStatus, day: number, part: Parameters<typeof change>[1] = {}) =>
  change(`${part.registry ?? 'BUSINESS'}-${status}-${day}`, { status, changedAt: march(day), ...part });
const codes = (state: { grounds: readonly { code: LockGroundCode; authority: { id: string } }[] }) =>
  state.grounds.map(({ code, authority }) => `${code} by ${authority.id}`);
const without = (code: LockGroundCode): CasePolicy =>
  decreeWith({
    lockGrounds: decree.lockGrounds.map((rule) => (rule.code === code ? { ...rule, enabled: false } : rule)),
  });
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('a registry that says that an organisation', () => {
  it('ceased locks the account on that ground, with the reference', () => {
    const { state, events } = account
      .taken()
      .when(take(says('CEASED', 11, { statusSince: '2025-03-01' })))
      .then([
        {
          type: 'RegistryStatusTaken',
          data: { registry: 'BUSINESS', status: 'CEASED', statusSince: '2025-03-01', became: 'CURRENT' },
        },
        {
          type: 'LockGroundPlaced',
          data: {
            ground: {
              code: 'OPERATION_CEASED',
              authority: { id: 'BUSINESS', name: 'BUSINESS' },
              liftedBy: 'REGISTRY',
              note: 'DKKD-BUSINESS-CEASED-11',
            },
          },
        },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_LOCKED' } },
      ]);
    expect(events).toHaveLength(4);
    expect(state.registryStatus).toEqual({
      BUSINESS: { status: 'CEASED', changedAt: march(11), revision: 0 },
    });
  });
  it.each(['ACTIVE', 'SUSPENDED'] as const)('is %s lifts the ground that it had placed', (status) => {
    const { state } = account
      .taken(says('CEASED', 11))
      .when(take(says(status, 12)))
      .then([
        { type: 'RegistryStatusTaken', data: { status, became: 'CURRENT' } },
        { type: 'LockGroundLifted', data: { code: 'OPERATION_CEASED', why: 'REGISTRY' } },
        { type: 'AccountUnlocked' },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_UNLOCKED' } },
      ]);
    expect(state.grounds).toEqual([]);
  });
  it('is active, where it had said nothing else, is recorded', () => {
    account
      .taken()
      .when(take(says('ACTIVE', 11)))
      .then([{ type: 'RegistryStatusTaken', data: { became: 'CURRENT' } }]);
  });
  it('lives lifts nothing that another registry says', () => {
    const ceased = says('CEASED', 11, { registry: 'TAX' });
    const { state } = account
      .taken(ceased)
      .when(take(says('ACTIVE', 12)))
      .then([{ type: 'RegistryStatusTaken' }]);
    expect(codes(state)).toEqual(['OPERATION_CEASED by TAX']);
  });
  it('ceased, as another registry says too, adds its own ground', () => {
    const { state } = account.taken(says('CEASED', 11), says('CEASED', 12, { registry: 'TAX' }));
    expect(codes(state)).toEqual(['OPERATION_CEASED by BUSINESS', 'OPERATION_CEASED by TAX']);
  });
  it('ceased, and says it again, moves its time alone', () => {
    const { state } = account
      .taken(says('CEASED', 11))
      .when(take(says('CEASED', 12)))
      .then([{ type: 'RegistryStatusTaken', data: { became: 'CURRENT' } }]);
    expect(state.registryStatus.BUSINESS?.changedAt).toBe(march(12));
    account
      .taken(says('CEASED', 11))
      .when(take(says('CEASED', 11), 'another-command'))
      .thenNothing();
  });
  it('ceased before it lived again, heard too late, places nothing', () => {
    const { state } = account
      .taken(says('ACTIVE', 12))
      .when(take(says('CEASED', 11)))
      .then([{ type: 'RegistryStatusTaken', data: { status: 'CEASED', became: 'EARLIER' } }]);
    expect(state.registryStatus.BUSINESS?.status).toBe('ACTIVE');
  });
  it('lived before it ceased, heard too late, lifts nothing', () => {
    account
      .taken(says('CEASED', 12))
      .when(take(says('ACTIVE', 11)))
      .then([{ type: 'RegistryStatusTaken', data: { became: 'EARLIER' } }]);
  });
  it('ceased and lived at one moment is taken at the graver word, whichever came first', () => {
    const [ceased, active] = [says('CEASED', 11), says('ACTIVE', 11)];
    expect(codes(account.taken(ceased, active).state)).toEqual(['OPERATION_CEASED by BUSINESS']);
    expect(codes(account.taken(active, ceased).state)).toEqual(['OPERATION_CEASED by BUSINESS']);
  });
  it('has another status places its ground and lifts the one before', () => {
    const policy = decreeWith({
      registryGrounds: { SUSPENDED: 'TERMS_VIOLATION', CEASED: 'OPERATION_CEASED' },
    });
    const suspended = says('SUSPENDED', 12);
    const { state } = informed(policy).taken(says('CEASED', 11), suspended);
    expect(codes(state)).toEqual(['TERMS_VIOLATION by BUSINESS']);
    expect(state.seq).toBe(1);
  });
  it('ceased is recorded and locks nothing where the policy has disabled or does not name the ground', () => {
    for (const policy of [without('OPERATION_CEASED'), decreeWith({ registryGrounds: {} })]) {
      const { state } = informed(policy)
        .taken()
        .when(take(says('CEASED', 11)))
        .then([{ type: 'RegistryStatusTaken', data: { status: 'CEASED', became: 'CURRENT' } }]);
      expect(state.registryStatus.BUSINESS?.status).toBe('CEASED');
    }
  });
  it('ended by a disabled ground does not take away the ground that is there', () => {
    const { state } = informed(without('DISSOLVED')).taken(says('CEASED', 11), says('DISSOLVED', 12));
    expect(codes(state)).toEqual(['OPERATION_CEASED by BUSINESS']);
  });
});

describe('dissolution', () => {
  const dissolved = says('DISSOLVED', 12, { values: { address: 'Số 1 phố Huế' } });
  it('is placed after the last values, and stays', () => {
    const outcome = account
      .taken()
      .when(take(dissolved))
      .then([
        { type: 'InformationChanged' },
        { type: 'NoticeOrdered', data: { template: 'INFORMATION_CHANGED' } },
        { type: 'RegistryStatusTaken' },
        { type: 'LockGroundPlaced', data: { ground: { code: 'DISSOLVED', liftedBy: 'NOBODY' } } },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered', data: { template: 'ACCOUNT_LOCKED' } },
      ]);
    expect(outcome.state.identity?.headOffice).toBe('Số 1 phố Huế');
  });
  it('is the last change of an account', () => {
    for (const late of [
      says('ACTIVE', 13),
      says('ACTIVE', 13, { registry: 'TAX' }),
      change('moved', { values: { address: 'Số 2' }, changedAt: march(13) }),
      change('merged', { mergedInto: { code: '0900000099' }, changedAt: march(13) }),
    ])
      account.taken(dissolved).when(take(late)).thenNothing();
  });
  it('keeps the ground of cessation beside it', () => {
    expect(codes(account.taken(says('CEASED', 11), dissolved).state)).toEqual([
      'OPERATION_CEASED by BUSINESS',
      'DISSOLVED by BUSINESS',
    ]);
  });
  it('asks nobody for a new owner', () => {
    const last = says('DISSOLVED', 12, { values: { representative_name: 'Trần Văn Bình' } });
    expect(account.taken(last).state.tasks).toEqual([]);
  });
});

describe('a merger', () => {
  const merged = change('merged', { mergedInto: { code: '0900000099' }, changedAt: march(12) });
  it('ends the organisation that was merged', () => {
    const { events, state } = account
      .taken()
      .when(take(merged))
      .then([
        { type: 'MergerTaken', data: { changeId: 'merged', mergedInto: { code: '0900000099' } } },
        { type: 'LockGroundPlaced', data: { ground: { code: 'DISSOLVED', note: 'DKKD-merged' } } },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
      ]);
    expect(events).toHaveLength(4);
    expect(codes(state)).toEqual(['DISSOLVED by BUSINESS']);
  });
  it.each([
    { identificationNumber: '10000000001' },
    { code: '0900000011' },
    { taxCode: '0900000011', code: '0900000099' },
  ])('does not touch the one that goes on, named by %o', (mergedInto) => {
    account
      .taken()
      .when(take({ ...merged, mergedInto }))
      .then([{ type: 'MergerTaken', data: { mergedInto } }]);
  });
  it('that gives the code of the one that goes on ends the one that gave up its own', () => {
    const swallowed = { ...merged, values: { enterprise_code: '0900000099' } };
    expect(codes(account.taken(swallowed).state)).toEqual(['DISSOLVED by BUSINESS']);
  });
  it('is recorded alone where the policy names no ground, or disabled it', () => {
    const { mergerGround: _, ...silent } = decree;
    for (const policy of [{ ...silent, mergerGround: undefined }, without('DISSOLVED')])
      informed(policy)
        .taken()
        .when(take(merged))
        .then([{ type: 'MergerTaken' }]);
  });
  it('that the registry has contradicted since is recorded and locks nothing', () => {
    account
      .taken(says('ACTIVE', 13))
      .when(take(merged))
      .then([{ type: 'MergerTaken' }]);
  });
  it('with the status that goes with it is one dissolution', () => {
    const both = { ...merged, status: 'DISSOLVED' as const };
    const { events } = account
      .taken()
      .when(take(both))
      .then([
        { type: 'RegistryStatusTaken' },
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        { type: 'MergerTaken' },
      ]);
    expect(types(events).filter((type) => type === 'LockGroundPlaced')).toHaveLength(1);
  });
});
