import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  adapterKeys,
  addAdapterKey,
  admittedParties,
  revokeAdapterKeys,
  revokedAt,
} from '../../store/adapters.ts';
import { useStore } from './support.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const aKey = () => `U${[...randomBytes(55)].map((byte) => base32[byte % 32]).join('')}`;

describe('the keys of adapters', () => {
  const store = useStore();
  let parties = 0;
  /** A party of the running test's own, and a way to make keys of it. */
  const aParty = () => {
    const party = `TAX-${++parties}`;
    const key = (publicKey = aKey()) => {
      return { party, kind: 'registry' as const, publicKey, name: 'Tax', by: 'ops' };
    };
    const own = <T extends { readonly party: string }>(all: readonly T[]) =>
      all.filter((one) => one.party === party);
    return { party, key, own };
  };

  it('are admitted once, and named with whoever did it', async () => {
    const { party, key, own } = aParty();
    const one = key();
    const { publicKey } = one;
    expect(await addAdapterKey(store.pool(), one)).toMatchObject({
      ...{ party, publicKey, state: 'ACTIVE', addedBy: 'ops' },
    });
    await expect(addAdapterKey(store.pool(), one)).rejects.toMatchObject({ code: 'EID_ERR_ADAPTER_KEY' });
    expect(own(await admittedParties(store.pool()))).toEqual([
      { party, kind: 'registry', keys: [publicKey] },
    ]);
  });

  it('may be two while one takes the place of the other', async () => {
    const { party, key, own } = aParty();
    const [old, next] = [key(), key()];
    await addAdapterKey(store.pool(), old);
    await addAdapterKey(store.pool(), next);
    const revoked = await revokeAdapterKeys(store.pool(), party, 'ops', old.publicKey);
    expect(revoked.map(({ publicKey, revokedBy }) => [publicKey, revokedBy])).toEqual([
      [old.publicKey, 'ops'],
    ]);
    expect(own(await admittedParties(store.pool()))).toMatchObject([{ keys: [next.publicKey] }]);
    expect(await revokedAt(store.pool(), party)).toBeUndefined();
  });

  it('that were revoked stay in the table and are never admitted again', async () => {
    const { party, key, own } = aParty();
    const one = key();
    await addAdapterKey(store.pool(), one);
    await revokeAdapterKeys(store.pool(), party, 'ops');
    expect(own(await adapterKeys(store.pool()))).toMatchObject([{ state: 'REVOKED', revokedBy: 'ops' }]);
    expect(await revokeAdapterKeys(store.pool(), party, 'ops')).toEqual([]);
    await expect(addAdapterKey(store.pool(), one)).rejects.toMatchObject({ code: 'EID_ERR_ADAPTER_KEY' });
  });

  it('tell since when a party is revoked, at any instant', async () => {
    const { party, key } = aParty();
    const before = new Date(Date.now() - 60_000).toISOString();
    expect(await revokedAt(store.pool(), party)).toBeUndefined();
    const { addedAt } = await addAdapterKey(store.pool(), key());
    const [{ revokedAt: at } = {}] = await revokeAdapterKeys(store.pool(), party, 'ops');
    expect(await revokedAt(store.pool(), party)).toBe(at);
    expect(await revokedAt(store.pool(), party, addedAt)).toBeUndefined();
    expect(await revokedAt(store.pool(), party, before)).toBeUndefined();
    await addAdapterKey(store.pool(), key());
    expect(await revokedAt(store.pool(), party)).toBeUndefined();
  });

  it('of another shape are refused by the table', async () => {
    const { key } = aParty();
    await expect(addAdapterKey(store.pool(), key('SUAA'))).rejects.toThrow(/adapters_public_key_check/);
  });
});
