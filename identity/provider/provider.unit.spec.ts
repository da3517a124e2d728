import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../../test/support/folder.ts';
import { readSettings } from './environment.ts';
import { openKeys, rotateKeys } from './keys.ts';
import { memoryStore } from './memory.ts';
import { loginPage } from './page.ts';
import { demoFiles, readDirectory } from './people.ts';

const env = {
  ORGEID_DEV_IDENTITY: 'on',
  ORGEID_OIDC_AUDIENCE: 'urn:orgeid:api',
  ORGEID_DEV_SERVICE_SECRET: 'a secret for tests only',
};
const fileWith = (text: string) => {
  const file = join(freshFolder(), 'people.yaml');
  writeFileSync(file, text);
  return file;
};

describe('the embedded provider', () => {
  it('runs where it is asked for', () => {
    expect(readSettings(env)).toEqual({
      port: 0,
      audience: 'urn:orgeid:api',
      serviceSecret: 'a secret for tests only',
      peopleFiles: [],
      tokenSeconds: 600,
      redirects: [],
    });
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['nobody asked for it', { ...env, ORGEID_DEV_IDENTITY: undefined }, /set ORGEID_DEV_IDENTITY=on/],
    ['it is asked for in other words', { ...env, ORGEID_DEV_IDENTITY: '1' }, /set ORGEID_DEV_IDENTITY=on/],
    ['this is production', { ...env, NODE_ENV: 'production' }, /does not run with NODE_ENV=production/],
    ['the services have no secret', { ...env, ORGEID_DEV_SERVICE_SECRET: 'short' }, /SERVICE_SECRET/],
    ['the API has no name', { ...env, ORGEID_OIDC_AUDIENCE: 'api' }, /OIDC_AUDIENCE/],
  ])('does not run where %s, and says so', (_why, given, sentence) => {
    expect(() => readSettings(given)).toThrow(
      expect.objectContaining({
        code: 'EID_ERR_USAGE',
        details: expect.toSatisfy((it) => sentence.test(JSON.stringify(it))),
      }),
    );
  });
});

describe('the demo people', () => {
  it('hold every role that a token may carry', () => {
    const { people, services } = readDirectory(demoFiles);
    const roles = [...people.values(), ...services.values()].flatMap((each): string[] => each.roles);
    expect([...new Set(roles)].sort()).toEqual([
      'AUDITOR',
      'AUTHORITY',
      'BODY_OFFICER',
      'C06_DIRECTOR',
      'C06_OFFICER',
      'CALL_CENTRE',
      'RECEPTION_OFFICER',
      'REGISTRANT',
      'REPRESENTATIVE',
      'SERVICE',
      'UNIT_HEAD',
      'VERIFICATION_OFFICER',
    ]);
  });

  it('can be joined by those of another file, which replaces who is there', () => {
    const file = fileWith('people: [{ id: vneid-hy-001, name: Ai Đó, roles: [REGISTRANT] }]');
    const { people } = readDirectory([...demoFiles, file]);
    expect(people.get('vneid-hy-001')?.name).toBe('Ai Đó');
    expect(people.size).toBe(readDirectory(demoFiles).people.size);
  });

  it.each([
    ['people: [{ id: a, name: A, roles: [SYSTEM] }]', 'EID_ERR_FILE'],
    ['people: [{ id: a, name: A, roles: [] }]', 'EID_ERR_FILE'],
    ['services: [{ id: a, name: A, roles: [C06_DIRECTOR] }]', 'EID_ERR_FILE'],
    ['people: [{ id: "a b", name: A, roles: [AUDITOR] }]', 'EID_ERR_FILE'],
    ['{', 'EID_ERR_FILE'],
    ['services: [{ id: auditor-1, name: A, roles: [SERVICE] }]', 'EID_ERR_USAGE'],
  ])('are not read from %j', (text, code) => {
    expect(() => readDirectory([...demoFiles, fileWith(text)])).toThrow(code);
  });

  it('are shown on the login page as text, whatever their names', () => {
    const file = fileWith(`people: [{ id: x, name: "<b>'\\"&", roles: [AUDITOR] }]`);
    const html = loginPage(readDirectory([file]), '/interaction/1');
    expect(html).toContain('&lt;b&gt;&#39;&quot;&amp;');
    expect(html).not.toContain('<b>');
  });
});

describe('signing keys', () => {
  it('in a folder outlive the process and are nobody else’s to read', async () => {
    const folder = join(freshFolder(), 'keys');
    const keys = await openKeys(folder);
    expect(await openKeys(folder)).toEqual(keys);
    expect(statSync(join(folder, 'keys.json')).mode & 0o077).toBe(0);
  });

  it('without a folder are new each time', async () => {
    expect((await openKeys(undefined))[0]?.kid).not.toBe((await openKeys(undefined))[0]?.kid);
  });

  it('are replaced at the front, and the last three stay published', async () => {
    const folder = freshFolder();
    const kids: string[] = [];
    let keys = await openKeys(folder);
    for (let i = 0; i < 4; i++) {
      kids.unshift(keys[0]?.kid ?? '');
      expect(keys.map(({ kid }) => kid)).toEqual(kids.slice(0, 3));
      keys = await rotateKeys(folder, keys);
    }
    expect(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')).keys).toEqual(keys);
  });

  it.each(['', '{"keys":[]}', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'])(
    'are not read from %j',
    async (text) => {
      const folder = freshFolder();
      writeFileSync(join(folder, 'keys.json'), text);
      await expect(openKeys(folder)).rejects.toThrow('EID_ERR_FILE');
    },
  );
});

describe('what the provider remembers', () => {
  it('ends when its time is over, and not before', async () => {
    let now = 0;
    const sessions = memoryStore(() => now)('Session');
    await sessions.upsert('s', { uid: 'u' }, 10);
    now = 9_999;
    expect([await sessions.find('s'), await sessions.findByUid('u')]).toEqual([{ uid: 'u' }, { uid: 'u' }]);
    now = 10_000;
    expect([await sessions.find('s'), await sessions.findByUid('u')]).toEqual([undefined, undefined]);
  });

  it('is marked when used, and goes with its grant or alone', async () => {
    const store = memoryStore(() => 5_000);
    const codes = store('AuthorizationCode');
    for (const [id, grantId] of [
      ['a', 'g1'],
      ['b', 'g1'],
      ['c', 'g2'],
      ['d', 'g2'],
    ] as const)
      await codes.upsert(id, { grantId });
    await codes.consume('a');
    expect((await codes.find('a'))?.consumed).toBe(5);
    await codes.revokeByGrantId('g1');
    await codes.destroy('c');
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => codes.find(id)))).toEqual([
      undefined,
      undefined,
      undefined,
      { grantId: 'g2' },
    ]);
    expect(await store('Session').find('d')).toBeUndefined();
  });
});
