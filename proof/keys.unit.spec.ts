import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../test/support/folder.ts';
import { createProofDesk } from './desk.ts';
import { issueProof } from './issue.ts';
import { publicKeySet, readKeySet } from './keySet.ts';
import { KEY_MARGIN_MS, openKeys, rotateKeys } from './keys.ts';
import { LIFETIME_MS, NOW, request } from './testing.spec.ts';
import { verifyProof } from './verify.ts';

const keysFolder = () => join(freshFolder(), 'keys');
const files = (folder: string) => readdirSync(folder).sort();
const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const published = (folder: string) => readKeySet(JSON.parse(text(folder, 'jwks.json')), 'jwks.json');
const kids = (folder: string) => published(folder).keys.map(({ kid }) => kid);
const rotate = async (folder: string, now = NOW, leadMs = 0) =>
  await rotateKeys(folder, { now, proofLifetimeMs: LIFETIME_MS, leadMs });
const proofAt = async (folder: string, now: number) => {
  const { issuer, current } = await openKeys(folder, { now });
  return (await issueProof({ ...request({ now }), key: { issuer, key: current } })).token;
};

describe('a key ring', () => {
  it('is made on first use, for its owner alone, and is the same from then on', async () => {
    const folder = keysFolder();
    const ring = await openKeys(folder, { now: NOW });
    expect(files(folder)).toEqual(['jwks.json', 'ring-000001.json']);
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect([mode(folder), mode(join(folder, 'ring-000001.json'))]).toEqual([0o700, 0o600]);
    const before = files(folder).map((name) => text(folder, name));
    expect(await openKeys(folder, { now: NOW + 1 })).toEqual(ring);
    expect(files(folder).map((name) => text(folder, name))).toEqual(before);
  });

  it('publishes the key that signs and the next one, and no private part', async () => {
    const folder = keysFolder();
    const { current, next } = await openKeys(folder, { now: NOW });
    const at = NOW / 1000;
    const shape = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' };
    expect(JSON.parse(text(folder, 'jwks.json'))).toEqual({
      issuer: 'urn:orgeid',
      keys: [
        { ...shape, x: current.x, kid: current.kid, iat: at, nbf: at },
        { ...shape, x: next.x, kid: next.kid, iat: at },
      ],
    });
    for (const key of published(folder).keys) expect(key.kid).toBe(await calculateJwkThumbprint(key));
    expect(current.kid).not.toBe(next.kid);
  });

  it('names the issuer that it was made for, and keeps that name', async () => {
    const folder = keysFolder();
    await openKeys(folder, { now: NOW, issuer: 'https://eid.example.vn' });
    await rotate(folder);
    expect(published(folder).issuer).toBe('https://eid.example.vn');
    await expect(openKeys(keysFolder(), { now: NOW, issuer: '' })).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
  });

  it('is one, whoever makes it at the same time', async () => {
    const folder = keysFolder();
    const rings = await Promise.all(Array.from({ length: 12 }, () => openKeys(folder, { now: NOW })));
    expect(new Set(rings.map(({ current }) => current.kid)).size).toBe(1);
    expect(files(folder)).toEqual(['jwks.json', 'ring-000001.json']);
  });
});

describe('a rotation', () => {
  it('lets the next key sign, publishes a new one ahead of its use, and retires the old one', async () => {
    const folder = keysFolder();
    const before = await openKeys(folder, { now: NOW });
    const { rotated, ring } = await rotate(folder, NOW + 1_000);
    expect(rotated).toBe(true);
    expect(ring.current).toEqual({ ...before.next, nbf: NOW / 1000 + 1 });
    expect(kids(folder)).toEqual([before.next.kid, ring.next.kid, before.current.kid]);
    const over = (NOW + 1_000 + LIFETIME_MS + KEY_MARGIN_MS) / 1000;
    expect(published(folder).keys[2]).toMatchObject({ kid: before.current.kid, exp: over });
  });

  it('deletes the private part of the key that it retires', async () => {
    const folder = keysFolder();
    const { current } = await openKeys(folder, { now: NOW });
    await rotate(folder);
    expect(files(folder)).toEqual(['jwks.json', 'ring-000002.json']);
    for (const name of files(folder)) expect(text(folder, name)).not.toContain(current.d);
  });

  it('leaves proofs good that the retired key signed, until their own end', async () => {
    const folder = keysFolder();
    const token = await proofAt(folder, NOW);
    await rotate(folder);
    await rotate(folder);
    const verify = async (now: number) => await verifyProof(token, published(folder), { now });
    expect(await verify(NOW + LIFETIME_MS - 1)).toMatchObject({ accepted: true });
    expect(await verify(NOW + LIFETIME_MS)).toMatchObject({ reason: 'EXPIRED' });
    expect(await verify(NOW + LIFETIME_MS + KEY_MARGIN_MS)).toEqual({
      accepted: false,
      reason: 'UNKNOWN_KEY',
    });
  });

  it('leaves proofs good at desks whose key set is from before it', async () => {
    const folder = keysFolder();
    await openKeys(folder, { now: NOW });
    const old = published(folder);
    await rotate(folder);
    const token = await proofAt(folder, NOW);
    expect(await verifyProof(token, old, { now: NOW })).toMatchObject({ accepted: true });
  });

  it('drops retired keys from the set, and from the ring, once their time is over', async () => {
    const folder = keysFolder();
    const { current } = await openKeys(folder, { now: NOW });
    await rotate(folder);
    const end = NOW + LIFETIME_MS + KEY_MARGIN_MS;
    await openKeys(folder, { now: end - 1 });
    expect(kids(folder)).toContain(current.kid);
    const ring = await openKeys(folder, { now: end });
    expect(kids(folder)).toEqual([ring.current.kid, ring.next.kid]);
    const later = await rotate(folder, end);
    expect(later.ring.retired.map(({ kid }) => kid)).toEqual([ring.current.kid]);
  });

  it('waits, where that is asked, until the next key has been published for long enough', async () => {
    const folder = keysFolder();
    const before = await openKeys(folder, { now: NOW });
    expect(await rotate(folder, NOW + 59_999, 60_000)).toEqual({ rotated: false, ring: before });
    expect((await rotate(folder, NOW + 60_000, 60_000)).rotated).toBe(true);
  });

  it('after a leak makes all keys anew and publishes none of the old ones, without waiting', async () => {
    const folder = keysFolder();
    const token = await proofAt(folder, NOW);
    const { ring: before } = await rotate(folder);
    const more = { now: NOW, proofLifetimeMs: LIFETIME_MS, leadMs: 60_000, leaked: true };
    const { rotated, ring } = await rotateKeys(folder, more);
    const old = [before.current, before.next, ...before.retired].map(({ kid }) => kid);
    expect([rotated, ring.issuer, ring.retired]).toEqual([true, before.issuer, []]);
    expect(kids(folder)).toEqual([ring.current.kid, ring.next.kid]);
    for (const kid of kids(folder)) expect(old).not.toContain(kid);
    expect(await verifyProof(token, published(folder), { now: NOW })).toMatchObject({
      reason: 'UNKNOWN_KEY',
    });
  });

  it('after a leak is never left to another rotation at the same time', async () => {
    const folder = keysFolder();
    const { current, next } = await openKeys(folder, { now: NOW });
    const leak = rotateKeys(folder, { now: NOW, proofLifetimeMs: LIFETIME_MS, leaked: true });
    const [after] = await Promise.all([leak, rotate(folder), rotate(folder), rotate(folder)]);
    expect(after.rotated).toBe(true);
    const ring = await openKeys(folder, { now: NOW });
    for (const { kid } of [current, next]) expect(JSON.stringify(ring)).not.toContain(kid);
  });

  it('is one, where several that wait so begin at the same time', async () => {
    const folder = keysFolder();
    const before = await openKeys(folder, { now: NOW });
    const all = await Promise.all(Array.from({ length: 8 }, () => rotate(folder, NOW + 60_000, 60_000)));
    expect(all.filter(({ rotated }) => rotated)).toHaveLength(1);
    for (const { ring } of all) expect(ring.current.kid).toBe(before.next.kid);
    expect(files(folder)).toEqual(['jwks.json', 'ring-000002.json']);
    expect(kids(folder)).toEqual([before.next.kid, all[0]?.ring.next.kid, before.current.kid]);
  });

  it('leaves no key out of the set, however many begin at the same time', async () => {
    const folder = keysFolder();
    const seen = new Set([(await openKeys(folder, { now: NOW })).current.kid]);
    for (const { ring } of await Promise.all(Array.from({ length: 8 }, () => rotate(folder)))) {
      seen.add(ring.current.kid).add(ring.next.kid);
    }
    expect(new Set(kids(folder))).toEqual(seen);
    expect(files(folder)).toHaveLength(2);
  });
});

describe('a proof desk', () => {
  it('follows rotations while it issues: every proof is good by the set of its moment and of the end', async () => {
    const folder = keysFolder();
    const desk = await createProofDesk({ keysDir: folder, now: () => NOW });
    const { state, position, actor, policy } = request();
    const shown: string[] = [];
    let done = false;
    const issuing = (async () => {
      while (!done) {
        const { token } = await desk.issue({ state, position, actor, policy });
        expect(await desk.check(token)).toMatchObject({ accepted: true });
        shown.push(token);
      }
    })();
    for (let i = 0; i < 10; i += 1) await rotate(folder);
    done = true;
    await issuing;
    const set = await desk.keySet();
    expect(set).toEqual(published(folder));
    for (const token of shown)
      expect(await verifyProof(token, set, { now: NOW })).toMatchObject({ accepted: true });
    expect(shown.length).toBeGreaterThan(0);
  });

  it('draws what it issues, and makes the keys when there are none', async () => {
    const desk = await createProofDesk({ keysDir: keysFolder(), now: () => NOW });
    const { token, qr, claims } = await desk.issue(request());
    expect(qr.svg).toMatch(/^<svg/);
    expect(await desk.check(token)).toMatchObject({ accepted: true, claims });
  });
});

describe('a published key set', () => {
  const read = async (change: (set: { issuer?: unknown; keys?: unknown }) => unknown) => {
    const ring = await openKeys(keysFolder(), { now: NOW });
    return readKeySet(change(publicKeySet(ring, NOW)), 'set.json');
  };
  it.each<[string, (set: { issuer?: unknown; keys?: unknown }) => unknown]>([
    ['is no object', () => 'keys'],
    ['is null', () => null],
    ['has no keys', ({ issuer }) => ({ issuer })],
    ['names no issuer', ({ keys }) => ({ keys })],
    ['holds a private key', ({ issuer }) => ({ issuer, keys: [{ kty: 'OKP', d: 'x' }] })],
  ])('that %s is refused with its name', async (_, change) => {
    await expect(read(change)).rejects.toMatchObject({ code: 'EID_ERR_FILE', details: { file: 'set.json' } });
  });
  it('may hold keys of other kinds, which are left out', async () => {
    const others = [{ kty: 'RSA', n: 'x', e: 'AQAB' }, 7, null, { kty: 'OKP', crv: 'Ed25519', x: 'short' }];
    const set = await read(({ issuer, keys }) => ({ issuer, keys: [...others, ...(keys as object[])] }));
    expect(set.keys).toHaveLength(2);
  });
});
