import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { discoverKeys } from './discovery.ts';
import { type KeyTiming, remoteKeys } from './keys.ts';
import { TokenRefused } from './refusal.ts';

const jwk = await exportJWK((await generateKeyPair('ES256')).publicKey);
const token = { payload: '', signature: '' };
const kid = (id: string): JWTHeaderParameters => ({ alg: 'ES256', kid: id });

/** A provider of which the test says what it publishes and whether it answers. */
const provider = { kids: ['k1'], status: 200, asked: 0, issuer: '', jwksUri: '' };
const server = createServer((req, res) => {
  if (req.url === '/jwks') provider.asked += 1;
  res.writeHead(provider.status, { 'content-type': 'application/json', location: '/elsewhere' });
  const keys = provider.kids.map((id) => ({ ...jwk, kid: id, alg: 'ES256' }));
  const document = { issuer: provider.issuer, jwks_uri: provider.jwksUri };
  res.end(JSON.stringify(req.url === '/jwks' ? { keys } : document));
});
let base = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(provider, { kids: ['k1'], status: 200, asked: 0, issuer: base, jwksUri: `${base}/jwks` });
});

const timing: KeyTiming = { cooldownMs: 30_000, retryMs: 1_000, refreshMs: 300_000, usableMs: 86_400_000 };
function keysAt(start = 0) {
  const clock = { now: start };
  const trouble = vi.fn();
  const locate = async () => new URL(`${base}/jwks`);
  const keys = remoteKeys({ ...timing, locate, now: () => clock.now, onTrouble: trouble });
  const outcome = async (id: string) => {
    try {
      await keys(kid(id), token);
      return 'found';
    } catch (error) {
      return error instanceof TokenRefused ? error.reason : String(Reflect.get(Object(error), 'code'));
    }
  };
  return { clock, keys, outcome, trouble };
}

it('asks once for many tokens', async () => {
  const { outcome } = keysAt();
  expect(await Promise.all(Array.from({ length: 50 }, () => outcome('k1')))).toEqual(Array(50).fill('found'));
  expect(provider.asked).toBe(1);
});

it('asks again for a key that it does not know, but not more often than the cooldown', async () => {
  const { clock, outcome } = keysAt();
  await outcome('k1');
  provider.kids = ['k2', 'k1'];
  clock.now = 29_999;
  expect(await outcome('k2')).toBe('ERR_JWKS_NO_MATCHING_KEY');
  expect(provider.asked).toBe(1);
  clock.now = 30_000;
  expect(await outcome('k2')).toBe('found');
  for (const invented of ['x1', 'x2', 'x3']) expect(await outcome(invented)).toBe('ERR_JWKS_NO_MATCHING_KEY');
  expect(provider.asked).toBe(2);
});

it('goes on with the keys at hand while the provider is down, and says of an unknown key that it cannot tell', async () => {
  const { clock, outcome, trouble } = keysAt();
  await outcome('k1');
  provider.status = 503;
  clock.now = 3_600_000;
  expect(await outcome('k1')).toBe('found');
  await vi.waitFor(() => expect(trouble).toHaveBeenCalled());
  expect(await outcome('k2')).toBe('PROVIDER_DOWN');
  clock.now = 86_400_000;
  expect([await outcome('k2'), await outcome('k1')]).toEqual(['PROVIDER_DOWN', 'found']);
});

it('no longer trusts keys that nobody confirmed for longer than is set', async () => {
  const { clock, outcome } = keysAt();
  await outcome('k1');
  provider.status = 503;
  clock.now = 86_400_001;
  expect(await outcome('k1')).toBe('PROVIDER_DOWN');
  provider.status = 200;
  clock.now += 1_000;
  expect(await outcome('k1')).toBe('found');
});

it('drops a key that the provider withdrew, though tokens with it keep coming', async () => {
  const { clock, outcome } = keysAt();
  await outcome('k1');
  provider.kids = ['k2'];
  clock.now = 300_001;
  expect(await outcome('k1')).toBe('found');
  await vi.waitFor(async () => expect(await outcome('k1')).toBe('ERR_JWKS_NO_MATCHING_KEY'));
});

it('recovers soon after a start without the provider', async () => {
  const { clock, keys, outcome } = keysAt();
  provider.status = 500;
  await expect(keys.warm()).rejects.toThrow(TokenRefused);
  provider.status = 200;
  expect(await outcome('k1')).toBe('PROVIDER_DOWN');
  clock.now = 1_000;
  await keys.warm();
  expect(await outcome('k1')).toBe('found');
});

it('follows no redirect to other keys', async () => {
  const { outcome } = keysAt();
  provider.status = 302;
  expect(await outcome('k1')).toBe('PROVIDER_DOWN');
});

it('finds the keys where the discovery document says', async () => {
  expect((await discoverKeys(base, 1_000)).href).toBe(`${base}/jwks`);
});

it.each([
  ['speaks for another issuer', { issuer: 'https://other.example' }],
  ['names no keys', { jwksUri: 'no address' }],
  ['points to an unsafe address', { jwksUri: 'http://keys.example/jwks' }],
  ['is not there', { status: 404 }],
  ['is somewhere else', { status: 302 }],
])('does not follow a discovery document that %s', async (_what, changes) => {
  Object.assign(provider, changes);
  await expect(discoverKeys(base, 1_000)).rejects.toThrow();
});
