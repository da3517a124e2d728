import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFiles, readDirectory } from '../../identity/provider/people.ts';
import { signInPerson } from '../../identity/sign-in/person.ts';
import { signInService } from '../../identity/sign-in/service.ts';
import { tokenWallet } from '../../identity/sign-in/wallet.ts';
import { audience, startTestProvider, type TestProvider } from './provider.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let provider: TestProvider;
beforeAll(async () => {
  provider = await startTestProvider();
});
afterAll(() => provider.stop());

const at = () => ({ issuer: provider.issuer, audience });
const claimsOf = (token: string) => decodeJwt(token);
const refusedBy = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return String(error);
};

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const authorize = (changes: Record<string, string | undefined> = {}) => {
  const url = new URL('/auth', provider.issuer);
  const params: Record<string, string | undefined> = {
    client_id: 'orgeid-dev',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1/callback',
    scope: 'openid api',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 's',
    ...changes,
  };
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) url.searchParams.set(name, value);
  return fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
};

describe('signing in', () => {
  it('gives every demo person a token for the API with the roles and the unit of that person', async () => {
    for (const person of readDirectory(demoFiles).people.values()) {
      const claims = claimsOf((await signInPerson(person.id, at())).accessToken);
      expect(claims).toMatchObject({
        iss: provider.issuer,
        aud: audience,
        sub: person.id,
        client_id: 'orgeid-dev',
        name: person.name,
        roles: person.roles,
        locale: person.locale,
      });
      expect(claims.unit).toBe(person.unit);
    }
  });

  it('gives every service a token on its own account', async () => {
    for (const service of readDirectory(demoFiles).services.values()) {
      const token = await signInService(service.id, { ...at(), secret: provider.serviceSecret });
      const { sub, client_id, roles } = claimsOf(token.accessToken);
      expect([sub, client_id, roles]).toEqual([service.id, service.id, service.roles]);
    }
  });

  it('of many at once loses nobody', async () => {
    const ids = [...readDirectory(demoFiles).people.keys()];
    const signIns = Array.from({ length: 150 }, (_, i) => ids[i % ids.length] ?? '');
    const tokens = await Promise.all(signIns.map((id) => signInPerson(id, at())));
    expect(tokens.map(({ accessToken }) => claimsOf(accessToken).sub)).toEqual(signIns);
  });

  it('is done once for all who ask for the same actor, until the token nears its end', async () => {
    const wallet = tokenWallet({ ...at(), serviceSecret: provider.serviceSecret });
    const ask = () => Promise.all(Array.from({ length: 20 }, () => wallet.person('auditor-1')));
    expect(new Set([...(await ask()), ...(await ask())]).size).toBe(1);
    expect(await wallet.service('registry-tax')).toMatch(/^Bearer eyJ/);
  });
});

describe('signing in is refused', () => {
  it('to people and services that are not known', async () => {
    expect(await refusedBy(signInPerson('nobody', at()))).toMatch(/unknown_person/);
    const secret = provider.serviceSecret;
    expect(await refusedBy(signInService('nobody', { ...at(), secret }))).toMatch(/invalid_client/);
    expect(await refusedBy(signInService('auditor-1', { ...at(), secret }))).toMatch(/invalid_client/);
  });

  it('to a service with another secret, and to one in whose name no secret is known', async () => {
    const secret = 'not the secret of the services';
    expect(await refusedBy(signInService('registry-tax', { ...at(), secret }))).toMatch(/invalid_client/);
    expect(await refusedBy(signInService('orgeid-dev', { ...at(), secret }))).toMatch(/invalid_client/);
  });

  it('for another API', async () => {
    const asked = signInPerson('auditor-1', { issuer: provider.issuer, audience: 'urn:other' });
    expect(await refusedBy(asked)).toMatch(/invalid_target/);
  });

  it.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['with PKCE in the clear', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
  ])('%s', async (_how, changes, error) => {
    const response = await authorize(changes);
    const back = new URL(response.headers.get('location') ?? '', provider.issuer);
    const told = new URLSearchParams(back.search || back.hash.slice(1));
    expect([back.pathname, told.get('error')]).toEqual(['/callback', error]);
  });

  it('towards an address that is not registered, without going there', async () => {
    const response = await authorize({ redirect_uri: 'http://127.0.0.1:9/elsewhere' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain('invalid_redirect_uri');
  });

  it('to a browser that did not begin it', async () => {
    const begun = await authorize();
    const page = new URL(begun.headers.get('location') ?? '', provider.issuer);
    const form = { method: 'POST', body: new URLSearchParams({ person: 'officer-c06-director' }) };
    const response = await fetch(page, { ...form, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('pages on this machine', () => {
  it('may fetch tokens themselves, and no others', async () => {
    const allowed = async (origin: string) => {
      const body = new URLSearchParams({
        client_id: 'orgeid-dev',
        grant_type: 'authorization_code',
        code: 'x',
      });
      const response = await fetch(`${provider.issuer}/token`, { method: 'POST', body, headers: { origin } });
      return response.headers.get('access-control-allow-origin');
    };
    expect(await allowed('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
    expect(await allowed('https://elsewhere.example')).toBeNull();
  });

  it('are led back whatever port they have', async () => {
    const redirect = 'http://127.0.0.1:43210/docs/static/oauth2-redirect.html';
    expect((await authorize({ redirect_uri: redirect })).headers.get('location')).toMatch(/\/interaction\//);
  });
});

describe('the process', () => {
  const run = async (env: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'identity/provider/main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      said.err += String(chunk);
    });
    const [code] = await once(child, 'close');
    return { ...said, code };
  };
  const enough = {
    ORGEID_DEV_IDENTITY: 'on',
    ORGEID_OIDC_AUDIENCE: audience,
    ORGEID_DEV_SERVICE_SECRET: 'a secret for tests only',
  };

  it('refuses production, and starts only where it is asked for', async () => {
    const production = await run({ ...enough, NODE_ENV: 'production' });
    const unasked = await run({ ...enough, ORGEID_DEV_IDENTITY: '' });
    expect([production.code, production.out, unasked.code, unasked.out]).toEqual([1, '', 1, '']);
    expect(production.err).toContain('it does not run with NODE_ENV=production');
    expect(unasked.err).toContain('set ORGEID_DEV_IDENTITY=on');
  });

  it('ends with its parent', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'identity/provider/main.ts'], {
      cwd: root,
      env: { ...process.env, ...enough, NODE_ENV: 'test', ORGEID_GUARDED: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const [line] = await once(child.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ ready: true, pid: child.pid, audience });
    const ended = once(child, 'exit');
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });
});
