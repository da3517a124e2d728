import { createSecretKey } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import type { UnitCatalogue } from '../schemas/admin-unit.ts';
import type { TrustedIssuer } from './issuer.ts';
import { challengeFor, TokenRefused } from './refusal.ts';
import { createTokenCheck } from './tokens.ts';

const issuer = 'https://identity.example.vn';
const audience = 'urn:orgeid:api';
const now = Date.parse('2025-04-02T01:00:00Z');
const seconds = now / 1_000;
const claims: JWTPayload = {
  iss: issuer,
  aud: audience,
  sub: 'officer-1',
  client_id: 'web',
  name: 'Phạm Quang Bình',
  roles: ['VERIFICATION_OFFICER'],
  unit: 'PC06-HY',
  locale: 'en-GB',
  iat: seconds,
  exp: seconds + 600,
};

const pair = await generateKeyPair('ES256', { extractable: true });
const stranger = await generateKeyPair('ES256', { extractable: true });
const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };

let catalogue: UnitCatalogue;
beforeAll(async () => {
  catalogue = await loadUnitCatalogue();
});

type Forging = {
  claims?: { readonly [claim: string]: unknown };
  header?: object;
  key?: typeof pair.privateKey;
};
const sign = ({ claims: changes = {}, header = {}, key = pair.privateKey }: Forging = {}) =>
  new SignJWT({ ...claims, ...changes } as JWTPayload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', ...header })
    .sign(key);

const checkWith = (changes: Partial<TrustedIssuer> = {}) =>
  createTokenCheck({
    issuers: [{ issuer, audience, jwks, ...changes }],
    units: () => ({ catalogue, on: '2025-04-02', c06Unit: 'C06' }),
    now: () => now,
  });
const check = (authorization: string | undefined, changes?: Partial<TrustedIssuer>) =>
  checkWith(changes).check(authorization);

async function refusal(authorization: string | undefined, changes?: Partial<TrustedIssuer>) {
  const error: unknown = await check(authorization, changes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TokenRefused)) throw new Error(`a refusal was expected, not ${String(error)}`);
  return error;
}
const reason = async (...given: Parameters<typeof refusal>) => (await refusal(...given)).reason;

describe('a token of the issuer', () => {
  it('tells who calls, in which language, through which application and until when', async () => {
    expect(await check(`Bearer ${await sign()}`)).toEqual({
      kind: 'PERSON',
      actor: {
        id: 'officer-1',
        name: 'Phạm Quang Bình',
        roles: ['VERIFICATION_OFFICER'],
        unit: 'PC06-HY',
        unitPath: ['PC06-HY', 'C06'],
      },
      language: 'en',
      clientId: 'web',
      issuer,
      expiresAt: now + 600_000,
    });
  });

  it.each(['bearer', 'BEARER', 'Bearer '])('is read whatever the case of the scheme: %j', async (scheme) => {
    expect((await check(`${scheme} ${await sign()}`)).actor.id).toBe('officer-1');
  });

  it('may be for several audiences of which the API is one', async () => {
    const token = await sign({ claims: { aud: ['urn:other', audience] } });
    expect((await check(`Bearer ${token}`)).actor.id).toBe('officer-1');
  });

  it('passes within the tolerance of clocks and no further', async () => {
    const token = await sign({ claims: { exp: seconds - 4 } });
    expect((await check(`Bearer ${token}`)).actor.id).toBe('officer-1');
    expect(await reason(`Bearer ${token}`, { clockToleranceMs: 3_000 })).toBe('EXPIRED');
  });
});

describe('a token is refused', () => {
  it.each([
    [undefined, 'MISSING'],
    ['', 'MISSING'],
    ['  ', 'MISSING'],
    ['Basic b3JnOmVpZA==', 'MALFORMED'],
    ['Bearer', 'MALFORMED'],
    ['Bearer a b', 'MALFORMED'],
    ['Bearer a.b', 'MALFORMED'],
    ['Bearer a.b.c', 'MALFORMED'],
    ['Bearer a.b.c.d.e', 'MALFORMED'],
    [`Bearer ${'a'.repeat(9_000)}`, 'MALFORMED'],
    [`Bearer e30.${Buffer.from('[]').toString('base64url')}.e30`, 'MALFORMED'],
    [`Bearer e30.${Buffer.from('{"iss":1}').toString('base64url')}.e30`, 'WRONG_ISSUER'],
  ])('where the header is %j', async (authorization, expected) => {
    expect(await reason(authorization)).toBe(expected);
  });

  it.each<[why: string, Forging, expected: string]>([
    ['it has ended', { claims: { exp: seconds - 6 } }, 'EXPIRED'],
    ['it never ends', { claims: { exp: undefined } }, 'CLAIMS'],
    ['it begins later', { claims: { nbf: seconds + 6 } }, 'NOT_YET_VALID'],
    ['it is another issuer’s', { claims: { iss: `${issuer}/` } }, 'WRONG_ISSUER'],
    ['it is for another API', { claims: { aud: 'urn:other' } }, 'WRONG_AUDIENCE'],
    ['it is for no API', { claims: { aud: undefined } }, 'WRONG_AUDIENCE'],
    ['it names nobody', { claims: { sub: undefined } }, 'CLAIMS'],
    ['it names the system', { claims: { sub: 'System' } }, 'CLAIMS'],
    ['it shows a personal number', { claims: { sub: '001099000001' } }, 'CLAIMS'],
    ['it is an ID token', { header: { typ: 'JWT' } }, 'CLAIMS'],
    ['it says nothing of its type', { header: { typ: undefined } }, 'CLAIMS'],
    ['its key is not of the issuer', { header: { kid: 'k2' } }, 'UNKNOWN_KEY'],
    ['another key signed it', { key: stranger.privateKey }, 'BAD_SIGNATURE'],
    ['it carries its own key', { key: stranger.privateKey, header: { jwk: jwks.keys[0] } }, 'BAD_SIGNATURE'],
  ])('where %s', async (_why, forging, expected) => {
    const { reason: given, code, details } = await refusal(`Bearer ${await sign(forging)}`);
    expect({ given, code, told: details.reason }).toEqual({
      given: expected,
      code: 'EID_ERR_UNAUTHENTICATED',
      told: expected,
    });
  });

  it('where nobody signed it', async () => {
    expect(await reason(`Bearer ${new UnsecuredJWT(claims).encode()}`)).toBe('ALGORITHM');
  });

  it('where the public key was used as a secret', async () => {
    const secret = createSecretKey(Buffer.from(await exportSPKI(pair.publicKey)));
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })
      .sign(secret);
    expect(await reason(`Bearer ${token}`)).toBe('ALGORITHM');
  });

  it('where it has an extension that nobody here understands', async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', crit: ['x'], x: 1 })
      .sign(pair.privateKey, { crit: { x: true } });
    expect(await reason(`Bearer ${token}`)).toBe('MALFORMED');
  });

  it('where its algorithm is sound but not of the list', async () => {
    expect(await reason(`Bearer ${await sign()}`, { algorithms: ['RS256'] })).toBe('ALGORITHM');
  });

  it('where its type is of another use, though any access token is taken', async () => {
    const [plain, logout] = [
      await sign({ header: { typ: 'JWT' } }),
      await sign({ header: { typ: 'logout+jwt' } }),
    ];
    expect((await check(`Bearer ${plain}`, { tokenType: 'any' })).actor.id).toBe('officer-1');
    expect(await reason(`Bearer ${logout}`, { tokenType: 'any' })).toBe('CLAIMS');
  });

  it('with words that hold nothing of it', async () => {
    const token = await sign({ claims: { exp: seconds - 60 } });
    const { message, details } = await refusal(`Bearer ${token}`);
    expect(`${message} ${JSON.stringify(details)}`).not.toMatch(/officer-1|Bình|eyJ/);
  });
});

describe('the answer to a refusal', () => {
  it.each([
    ['MISSING', 'Bearer'],
    ['MALFORMED', 'Bearer error="invalid_request"'],
    ['EXPIRED', 'Bearer error="invalid_token", error_description="EXPIRED"'],
    ['PROVIDER_DOWN', undefined],
  ] as const)('asks for what is needed: %s', (why, expected) => {
    expect(challengeFor(new TokenRefused(why))).toBe(expected);
  });

  it('does not send people to sign in again because the provider is down', () => {
    expect(new TokenRefused('PROVIDER_DOWN').code).toBe('EID_ERR_UNAVAILABLE');
  });
});

describe('settings', () => {
  const both: Partial<TrustedIssuer>[] = [
    { algorithms: [] },
    { issuer: 'http://identity.example.vn' },
    { issuer: 'identity' },
    { jwks: new URL('http://identity.example.vn/jwks') },
    { audience: '' },
  ];
  it.each(both)('that are not safe are refused at once: %j', (changes) => {
    expect(() => checkWith(changes)).toThrow('EID_ERR_USAGE');
  });

  it.each(['none', 'HS256', 'HS512', 'A128GCMKW'])('never allow %s', (algorithm) => {
    const algorithms = [algorithm] as unknown as NonNullable<TrustedIssuer['algorithms']>;
    expect(() => checkWith({ algorithms })).toThrow('EID_ERR_USAGE');
  });

  it('keep the people of two issuers apart', async () => {
    const citizens = { issuer: 'https://citizens.example.vn', audience, jwks };
    const units = () => ({ catalogue, on: '2025-04-02', c06Unit: 'C06' });
    const police = { issuer, audience, jwks, idPrefix: 'police-' };
    for (const idPrefix of ['', 'police-', 'police-citizen-']) {
      const issuers = [police, { ...citizens, idPrefix }];
      expect(() => createTokenCheck({ issuers, units })).toThrow('EID_ERR_USAGE');
    }
    const tokens = createTokenCheck({
      issuers: [
        police,
        { ...citizens, idPrefix: 'citizen-', everyPerson: ['REGISTRANT'], mayGrant: ['REGISTRANT'] },
      ],
      units,
      now: () => now,
    });
    const officer = await tokens.check(`Bearer ${await sign()}`);
    const citizen = await tokens.check(`Bearer ${await sign({ claims: { iss: citizens.issuer } })}`);
    expect([officer.actor.id, officer.actor.roles]).toEqual(['police-officer-1', ['VERIFICATION_OFFICER']]);
    expect([citizen.actor.id, citizen.actor.roles]).toEqual(['citizen-officer-1', ['REGISTRANT']]);
  });
});
