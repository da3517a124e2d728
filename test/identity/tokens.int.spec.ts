import { createSecretKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JSONWebKeySet, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KeyTiming } from '../../identity/keys.ts';
import { TokenRefused } from '../../identity/refusal.ts';
import { trustedIssuers } from '../../identity/settings.ts';
import { signInPerson } from '../../identity/sign-in/person.ts';
import { tokenWallet, type Wallet } from '../../identity/sign-in/wallet.ts';
import { createTokenCheck, type TokenCheck } from '../../identity/tokens.ts';
import { loadUnitCatalogue } from '../../policies/units/load.ts';
import { freshFolder } from '../support/folder.ts';
import { audience, startTestProvider, type TestProvider } from './provider.ts';

const catalogue = await loadUnitCatalogue();
const units = () => ({ catalogue, on: '2025-04-02', c06Unit: 'C06' });
const SOON = { timeout: 20_000, interval: 50 };

function checkOf(
  issuer: string,
  given: { audience?: string; keys?: KeyTiming; now?: () => number } = {},
): TokenCheck {
  const env = { ORGEID_OIDC_ISSUER: issuer, ORGEID_OIDC_AUDIENCE: given.audience ?? audience };
  const { keys, now } = given;
  return createTokenCheck({
    issuers: trustedIssuers(env),
    units,
    ...(keys ? { keys } : {}),
    ...(now ? { now } : {}),
  });
}
async function reasonOf(checked: Promise<unknown>): Promise<string> {
  try {
    await checked;
    return 'accepted';
  } catch (error) {
    if (error instanceof TokenRefused) return error.reason;
    throw error;
  }
}
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

let provider: TestProvider;
let wallet: Wallet;
let tokens: TokenCheck;
beforeAll(async () => {
  provider = await startTestProvider();
  wallet = tokenWallet({ issuer: provider.issuer, audience, serviceSecret: provider.serviceSecret });
  tokens = checkOf(provider.issuer);
});
afterAll(() => provider.stop());

describe('a token of the embedded provider', () => {
  it('makes a person of an office an actor with the unit path of the day', async () => {
    expect(await tokens.check(await wallet.person('officer-cax-hy-dinh-du-1'))).toMatchObject({
      kind: 'PERSON',
      language: 'vi',
      clientId: 'orgeid-dev',
      actor: {
        id: 'officer-cax-hy-dinh-du-1',
        name: 'Phạm Quang Bình',
        roles: ['RECEPTION_OFFICER', 'VERIFICATION_OFFICER'],
        unit: 'CAX-HY-DINH-DU',
        unitPath: ['CAX-HY-DINH-DU', 'PC06-HY', 'C06'],
      },
    });
  });

  it('makes a service an actor of its own', async () => {
    const { kind, actor } = await tokens.check(await wallet.service('authority-system'));
    expect([kind, actor.id, actor.roles]).toEqual(['SERVICE', 'authority-system', ['AUTHORITY']]);
  });
});

describe('what was made of a real token is refused', () => {
  const parts = async () => {
    const token = (await wallet.person('vneid-hy-001')).slice('Bearer '.length);
    const [header = '', payload = '', signature = ''] = token.split('.');
    return {
      token,
      header,
      payload,
      signature,
      claims: decodeJwt(token),
      head: decodeProtectedHeader(token),
    };
  };
  const reason = (token: string) => reasonOf(tokens.check(`Bearer ${token}`));

  it('with another role in it', async () => {
    const { header, claims, signature } = await parts();
    const forged = part({ ...claims, roles: ['C06_DIRECTOR'], unit: 'C06' });
    expect(await reason(`${header}.${forged}.${signature}`)).toBe('BAD_SIGNATURE');
  });

  it.each(['none', 'None', 'NONE'])('with its signature taken off: alg %s', async (alg) => {
    const { payload, signature } = await parts();
    expect(await reason(`${part({ alg, typ: 'at+jwt' })}.${payload}.`)).toBe('ALGORITHM');
    expect(await reason(`${part({ alg, typ: 'at+jwt' })}.${payload}.${signature}`)).toBe('ALGORITHM');
  });

  it('signed with the published key as if it were a secret', async () => {
    const { claims, head } = await parts();
    const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as JSONWebKeySet;
    const key = await importJWK({ ...keys[0], ext: true } as JSONWebKeySet['keys'][number], 'ES256', {
      extractable: true,
    });
    if (key instanceof Uint8Array) throw new Error('a public key was expected');
    for (const secret of [await exportSPKI(key), JSON.stringify(keys[0])]) {
      const forged = await new SignJWT({ ...claims, roles: ['C06_DIRECTOR'] })
        .setProtectedHeader({ ...head, alg: 'HS256' })
        .sign(createSecretKey(Buffer.from(secret)));
      expect(await reason(forged)).toBe('ALGORITHM');
    }
  });

  it('shown to another API or to one that trusts another issuer', async () => {
    const { token } = await parts();
    const elsewhere = checkOf(provider.issuer, { audience: 'urn:other' });
    expect(await reasonOf(elsewhere.check(`Bearer ${token}`))).toBe('WRONG_AUDIENCE');
    const stranger = checkOf('https://identity.example.vn');
    expect(await reasonOf(stranger.check(`Bearer ${token}`))).toBe('WRONG_ISSUER');
  });

  it('once its time is over', async () => {
    const { token, claims } = await parts();
    const late = checkOf(provider.issuer, { now: () => ((claims.exp ?? 0) + 6) * 1_000 });
    expect(await reasonOf(late.check(`Bearer ${token}`))).toBe('EXPIRED');
  });
});

describe('keys', () => {
  const keys: KeyTiming = { cooldownMs: 0, retryMs: 0 };

  it('are fetched anew when a token names one that is not known, and the one before still counts', async () => {
    const { issuer } = provider;
    const check = checkOf(issuer, { keys });
    const token = async () => `Bearer ${(await signInPerson('auditor-1', { issuer, audience })).accessToken}`;
    const kidOf = (bearer: string) => decodeProtectedHeader(bearer.slice('Bearer '.length)).kid;
    const old = await token();
    await check.check(old);
    process.kill(provider.pid, 'SIGHUP');
    const fresh = await vi.waitFor(async () => {
      const next = await token();
      expect(kidOf(next)).not.toBe(kidOf(old));
      return next;
    }, SOON);
    expect((await check.check(fresh)).actor.id).toBe('auditor-1');
    expect((await check.check(old)).actor.id).toBe('auditor-1');
    const [, payload = '', signature = ''] = fresh.split('.');
    const unknown = `Bearer ${part({ alg: 'ES256', typ: 'at+jwt', kid: 'nobody' })}.${payload}.${signature}`;
    expect(await reasonOf(check.check(unknown))).toBe('UNKNOWN_KEY');
  });

  it('go on to count when the provider is gone, and their folder brings them back with it', async () => {
    const folder = freshFolder();
    const first = await startTestProvider({ ORGEID_DEV_KEYS: folder });
    const { issuer } = first;
    const { accessToken } = await signInPerson('auditor-1', { issuer, audience });
    const bearer = `Bearer ${accessToken}`;
    const check = checkOf(issuer, { keys });
    await check.warm();
    await first.kill();

    expect((await check.check(bearer)).actor.id).toBe('auditor-1');
    const latecomer = checkOf(issuer, { keys });
    expect(await reasonOf(latecomer.check(bearer))).toBe('PROVIDER_DOWN');
    await expect(latecomer.warm()).rejects.toMatchObject({ code: 'EID_ERR_UNAVAILABLE' });

    const second = await startTestProvider({
      ORGEID_DEV_KEYS: folder,
      ORGEID_DEV_IDENTITY_PORT: new URL(issuer).port,
    });
    expect((await latecomer.check(bearer)).actor.id).toBe('auditor-1');
    await second.stop();
  });
});
