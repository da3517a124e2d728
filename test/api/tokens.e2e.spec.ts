import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, problem } from '../support/http.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { useSystem } from '../support/system.ts';

const AUDIENCE = 'urn:test:api';
const system = useSystem({ organisations: 1, api: {} });
let issuer: TestIssuer;
let url: string;

type Operation = { readonly method: string; readonly path: string; readonly open: boolean };
let operations: readonly Operation[];

beforeAll(async () => {
  issuer = await startIssuer();
  const { edge, dataDir } = system();
  if (!edge) throw new Error('the system has no API');
  const file = join(dataDir, 'issuers.yaml');
  const trusted = { issuer: issuer.issuer, audience: AUDIENCE, jwks: issuer.jwks };
  writeFileSync(file, JSON.stringify({ issuers: [trusted] }));
  url = (await edge.addApi({ ORGEID_IDENTITY_FILE: file })).url;
  const { body } = await ask(`${url}/openapi.json`);
  const paths: Record<string, Record<string, { security?: readonly unknown[] }>> = body.paths;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{[^}]+\}/g, 'registration-x'),
      open: security?.length === 0,
    })),
  );
});
afterAll(() => issuer.stop());

const now = () => Math.floor(Date.now() / 1000);
const good = () => ({
  iss: issuer.issuer,
  aud: AUDIENCE,
  sub: 'desk-of-tokens',
  exp: now() + 60,
  iat: now(),
  name: 'Desk',
  roles: ['RECEPTION_OFFICER'],
  unit: 'CAX-TEST',
});
const unsigned = (header: object, claims: object) =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

const send = (method: string, path: string, authorization?: string) =>
  ask(`${url}${path}`, {
    method,
    headers: { ...(authorization === undefined ? {} : { authorization }) },
  });
const unknown = '/v1/registrations/registration-unknown';

describe('the reference page', () => {
  it('is served with its assets, signs in at the provider, and lets nothing else in', async () => {
    const { edge } = system();
    const base = edge?.api.url ?? '';
    const page = await ask(`${base}/docs/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`connect-src 'self' ${edge?.issuer}`);
    expect(policy).not.toContain('upgrade-insecure-requests');
    const assets = [...String(page.body).matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(
      ([, name]) => name,
    );
    expect(assets.length).toBeGreaterThan(3);
    for (const name of assets) {
      const asset = await ask(new URL(name ?? '', `${base}/docs/`).href);
      expect(asset.status, name).toBe(200);
    }
    const { body } = await ask(`${base}/docs/json`);
    expect(body.components.securitySchemes.signIn.flows.authorizationCode.tokenUrl).toMatch(
      edge?.issuer ?? '-',
    );
    expect((await ask(`${base}/docs/static/oauth2-redirect.html`)).status).toBe(200);
  });
});

describe('whoever calls', () => {
  it('is asked who it is by everything but what is open to all', async () => {
    expect(operations.length).toBeGreaterThan(50);
    const openOnes = operations.filter(({ open }) => open);
    for (const { path } of openOnes)
      expect(path).not.toMatch(/^\/v1\/(registrations|accounts|lock-orders|inbox|search)/);
    for (const { method, path } of operations.filter(({ open }) => !open)) {
      const answer = await send(method, path);
      expect(problem(answer), `${method} ${path}`).toMatchObject({
        status: 401,
        code: 'EID_ERR_UNAUTHENTICATED',
        details: { reason: 'MISSING' },
      });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('is let in by a token of the issuer, for the API, of now', async () => {
    const answer = await send('GET', unknown, `Bearer ${await issuer.sign(good())}`);
    expect(problem(answer).code).toBe('EID_ERR_CASE_UNKNOWN');
  });

  const refused: readonly (readonly [why: string, reason: string, token: () => Promise<string> | string])[] =
    [
      ['expired', 'EXPIRED', () => issuer.sign({ ...good(), exp: now() - 60 })],
      ['not yet valid', 'NOT_YET_VALID', () => issuer.sign({ ...good(), nbf: now() + 60 })],
      ['for another audience', 'WRONG_AUDIENCE', () => issuer.sign({ ...good(), aud: 'urn:other' })],
      ['of another issuer', 'WRONG_ISSUER', () => issuer.sign({ ...good(), iss: 'https://id.example.vn' })],
      ['signed by another key', 'BAD_SIGNATURE', () => issuer.forge(good())],
      ['of alg none', 'ALGORITHM', () => unsigned({ alg: 'none', typ: 'at+jwt' }, good())],
      [
        'with its signature cut off',
        'BAD_SIGNATURE',
        async () => (await issuer.sign(good())).replace(/[^.]+$/, ''),
      ],
      [
        'signed with a public text as secret',
        'ALGORITHM',
        () =>
          new SignJWT(good())
            .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
            .sign(Buffer.from(issuer.jwks)),
      ],
      ['of another use', 'CLAIMS', () => issuer.sign(good(), { typ: 'logout+jwt' } as object)],
      ['that is no token', 'MALFORMED', () => 'abc'],
    ];
  it.each(refused)('is refused with a token %s', async (_why, reason, token) => {
    const answer = await send('GET', unknown, `Bearer ${await token()}`);
    expect(problem(answer)).toMatchObject({
      status: 401,
      code: 'EID_ERR_UNAUTHENTICATED',
      details: { reason },
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error=/);
  });

  it('gets no place to work from a token without role, unit, or with a unit that there is not', async () => {
    const tokens = [
      [{ ...good(), roles: ['SYSTEM'] }, 'EID_ERR_FORBIDDEN'],
      [{ ...good(), unit: undefined }, 'EID_ERR_FORBIDDEN'],
      [{ ...good(), unit: 'CAX-GONE' }, 'EID_ERR_UNIT_UNKNOWN'],
    ] as const;
    for (const [claims, code] of tokens) {
      const answer = await send('GET', unknown, `Bearer ${await issuer.sign(claims)}`);
      expect(problem(answer).code).toBe(code);
    }
  });

  it('is answered in the language that was asked for', async () => {
    const answer = await ask(`${url}${unknown}`, { headers: { 'accept-language': 'en-GB,vi;q=0.5' } });
    expect(answer.headers.get('content-language')).toBe('en');
    expect(problem(answer).title).toMatch(/signed in/);
    expect(problem(await send('GET', unknown)).title).toMatch(/đăng nhập/);
  });
});
