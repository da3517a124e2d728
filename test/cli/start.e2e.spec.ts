import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asAdmin } from '../store/support.ts';
import { freshFolder } from '../support/folder.ts';
import { ask } from '../support/http.ts';
import { orgeid, type Running } from './command.ts';

const SOON = { timeout: 60_000, interval: 200 };
let system: Running;
let folder = '';
let api = '';
let issuer = '';

/** Address after a word at the beginning of a line. */
const addressOf = (word: string): string =>
  new RegExp(`^ +${word} +(http://\\S+)`, 'm').exec(system.said())?.[1] ?? '';

/** Processes of the system with a word in their command line. */
function processes(word: string): number[] {
  return execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, args = ''] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? [];
      return Number(parent) === system.child.pid && args.includes(word) ? [Number(pid)] : [];
    });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-start-'));
  system = orgeid(['start', '--data', folder, '--listen', '127.0.0.1:0', '--identity-port', '0', '--no-ui']);
  await system.until(/^Ctrl-C stops it/m);
  api = addressOf('API').replace(/\/v1$/, '');
  issuer = addressOf('issuer');
});

afterAll(async () => {
  system.child.kill('SIGINT');
  const { code, stdout } = await system.ended;
  rmSync(folder, { recursive: true, force: true });
  expect(code).toBe(0);
  expect(stdout.trimEnd().endsWith('stopping')).toBe(true);
});

const token = async (person: string): Promise<string> => {
  const { code, stdout } = await orgeid(['token', person, '--issuer', issuer]).ended;
  expect(code).toBe(0);
  return stdout.trim();
};

describe('orgeid start', () => {
  it('prints where everything is, on which day the units stand, and who can sign in as what', () => {
    const text = system.said();
    expect(addressOf('reference')).toBe(`${api}/docs`);
    expect(text).toContain('those of 2025-04-08');
    expect(text).toContain('end on 2025-06-30');
    expect(text).toMatch(/^officer-pc06-hy-head +Lê Đức Lan +UNIT_HEAD +PC06-HY$/m);
    expect(text).toMatch(/^vneid-hy-001 +Trần Ngọc Hạnh +REGISTRANT +–$/m);
  });

  it('says where the auditor’s address is, which its owner alone reads, and prints no password', async () => {
    const file =
      /^ +auditor +export ORGEID_POSTGRES_AUDITOR_URL="\$\(cat (.+)\)"$/m.exec(system.said())?.[1] ?? '';
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const url = readFileSync(file, 'utf8').trim();
    expect(system.said()).not.toContain(new URL(url).password);
    await asAdmin(url, async (auditor) => {
      await expect(auditor.query('select count(*) from orgeid.events')).resolves.toMatchObject({
        rowCount: 1,
      });
      await expect(auditor.query('delete from orgeid.cases')).rejects.toThrow('permission denied');
    });
    const verified = await orgeid(['access-history', 'verify'], { ORGEID_POSTGRES_AUDITOR_URL: url }).ended;
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/^Whole: /)]);
  });

  it('serves whoever signs in as it says', async () => {
    const authorization = `Bearer ${await token('officer-c06-1')}`;
    const inbox = await ask(`${api}/v1/inbox?view=unit`, { headers: { authorization } });
    expect([inbox.status, inbox.body.items]).toEqual([200, []]);
    expect((await ask(`${api}/v1/inbox?view=unit`)).status).toBe(401);
    const unknown = await orgeid(['token', 'nobody', '--issuer', issuer]).ended;
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toMatch(/^EID_ERR_USAGE: .*nobody/);
  });

  it.each([
    ['the API', 'api/main.ts', () => `${api}/ready`],
    [
      'the identity provider',
      'identity/provider/main.ts',
      () => `${issuer}/.well-known/openid-configuration`,
    ],
  ])('replaces %s at the same address when it is killed', async (_name, file, address) => {
    const [first = 0] = processes(file);
    expect(first).toBeGreaterThan(0);
    process.kill(first, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(processes(file).filter((pid) => pid !== first)).toHaveLength(1);
      expect((await ask(address())).status).toBe(200);
    }, SOON);
    const authorization = `Bearer ${await token('auditor-1')}`;
    await vi.waitFor(async () => {
      expect((await ask(`${api}/v1/registrations`, { headers: { authorization } })).status).toBe(200);
    }, SOON);
  });

  it('refuses a folder that another run uses, and an address where somebody listens', async () => {
    const free = ['--listen', '127.0.0.1:0', '--identity-port', '0', '--no-ui'];
    const busy = await orgeid(['start', '--data', folder, ...free]).ended;
    expect([busy.code, busy.stdout]).toEqual([1, '']);
    expect(busy.stderr).toMatch(/^EID_ERR_DATA_DIR_BUSY: /m);
    const taken = await orgeid(['start', '--data', freshFolder(), ...free, '--listen', new URL(api).host])
      .ended;
    expect([taken.code, taken.stdout]).toEqual([1, '']);
    expect(taken.stderr).toMatch(/^EID_ERR_ADDRESS_TAKEN: .*EADDRINUSE/);
  });
});
