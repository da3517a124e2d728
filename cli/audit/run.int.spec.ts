import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { policy } from '../../audit/testing/histories.spec.ts';
import type { AccessEntry } from '../../schemas/access-history.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { putPolicy } from '../../store/policy.ts';
import { accountLike, caseWith, recorded } from '../../test/audit/support.ts';
import { tamper, useStore } from '../../test/store/support.ts';
import { freshFolder } from '../../test/support/folder.ts';

const command = fileURLToPath(new URL('../orgeid.mjs', import.meta.url));
const store = useStore();
const request = caseWith('registration', (types) => types.includes('RequestAccepted'));
const life = caseWith('account', (types) => types.includes('LockGroundPlaced'));
const env = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env.PATH,
  ORGEID_POSTGRES_URL: store.url(),
  ORGEID_AUDITOR: 'Trần Thị Kiểm',
  ...more,
});
const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [command, 'audit', ...args], {
    env: env(more),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
const entries = async (): Promise<AccessEntry[]> =>
  (await readAccessHistory(store.pool(), { actions: ['AUDIT'] }, 200)).entries.map(({ entry }) => entry);

beforeAll(async () => {
  await putPolicy(store.pool(), policy);
  await recorded(store.pool(), request.stream, request.events);
  for (const n of [1, 2, 3]) {
    const { stream, events } = accountLike(life.events, n);
    await recorded(store.pool(), stream, events);
  }
});

describe('orgeid audit', () => {
  it('shows a case at any version, what changed, and who could do what', () => {
    const state = run(['state', request.stream, '--version', '1', '--json']);
    expect(state.status, state.stderr).toBe(0);
    expect(JSON.parse(state.stdout)).toMatchObject({ moment: { version: 1 }, view: { status: 'DRAFT' } });
    const history = run(['history', request.stream]);
    expect(history.stdout.trim().split('\n')).toHaveLength(request.events.length + 1);
    const diff = run(['diff', request.stream, '--from', 'version:1', '--to', 'version:2']);
    expect(diff.stdout).toMatch(/^~ \/status "DRAFT" →/m);
    const knowledge = run(['knowledge', request.stream, '--version', '1']);
    expect(knowledge.stdout).toMatch(/Could do:\n.*Nguyễn Thị Lan/);
    expect(run(['state', request.stream]).stdout).toContain('Công ty TNHH Sao Mai');
  });

  it('tells a case, and writes a PDF', () => {
    const told = run(['narrative', request.stream, '--lang', 'vi']);
    expect(told.stdout).toContain('Tiếp nhận hồ sơ đầy đủ, hợp lệ');
    expect(run(['narrative', request.stream, '--lang', 'en', '--format', 'html']).stdout).toMatch(
      /^<!doctype html>/,
    );
    const out = join(freshFolder(), 'case.pdf');
    const made = run(['narrative', request.stream, '--format', 'pdf', '--out', out]);
    expect(made.status, made.stderr).toBe(0);
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('writes all accounts a line each, as JSON and as CSV', () => {
    const lines = run(['accounts']).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([
      '20000000001',
      '20000000002',
      '20000000003',
    ]);
    const csv = run(['accounts', '--format', 'csv', '--position', String(request.events.length + 1)]).stdout;
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toMatch(/^account,number,organisation,/);
  });

  it('stops without a complaint when nobody reads on', async () => {
    const position = 1_000_000;
    await tamper(
      store.url(),
      `insert into orgeid.events (position, stream, version, type, command_id, at, recorded_at, body, prev_hash, hash)
       select ${position} + n, 'account-' || (30000000000 + n), 1, type, command_id, at, recorded_at, body, prev_hash, hash
       from orgeid.events, generate_series(1, 5000) n where stream = 'account-20000000001' and version = 1;
       update orgeid.log_head set position = ${position} + 5000`,
    );
    const child = spawn(process.execPath, [command, 'audit', 'accounts'], { env: env() });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await new Promise<void>((resolve) => {
      child.stdout.once('data', () => {
        child.stdout.destroy();
        resolve();
      });
    });
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect({ status, said }).toEqual({ status: 0, said: '' });
  });

  it('says who audits, or shows nothing', async () => {
    const before = (await entries()).length;
    const nameless = run(['history', request.stream], { ORGEID_AUDITOR: '' });
    expect(nameless).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('EID_ERR_USAGE'),
    });
    expect(nameless.stderr).toContain('--as');
    expect((await entries()).length).toBe(before);
  });

  it('leaves an entry for each read, refused ones included', async () => {
    run(['state', request.stream, '--version', '1', '--as', 'Lê Văn Soát']);
    run(['state', 'registration-none', '--as', 'Lê Văn Soát']);
    const [refused, read] = await entries();
    expect(read).toMatchObject({
      actor: { id: `os:${os.userInfo().username}`, name: 'Lê Văn Soát', roles: ['AUDITOR'] },
      outcome: { result: 'DONE' },
      what: { stream: request.stream, caseType: 'registration', question: { part: 'state', version: '1' } },
      ground: { rows: ['request-of-the-auditor'], relations: ['AUDITOR'] },
    });
    expect(refused).toMatchObject({ outcome: { result: 'REFUSED', code: 'EID_ERR_CASE_UNKNOWN' } });
    expect(await verifyAccessHistory(store.pool())).toMatchObject({ whole: true });
  });

  it.each([
    [['state', 'registration-1', '--version', '99999'], 'EID_ERR_MOMENT'],
    [['state', 'registration-1', '--version', '1', '--position', '1'], 'EID_ERR_SHAPE'],
    [['state', 'registration-1', '--version', 'x'], 'EID_ERR_USAGE'],
    [['state', 'registration-1', '--at', 'yesterday'], 'EID_ERR_SHAPE'],
    [['state', 'nothing'], 'EID_ERR_CASE_UNKNOWN'],
    [['diff', 'registration-1'], 'EID_ERR_USAGE'],
    [['accounts', '--at', '2999-01-01T00:00:00Z'], 'EID_ERR_MOMENT'],
    [['narrative', 'registration-1', '--format', 'docx'], 'EID_ERR_USAGE'],
    [[], 'EID_ERR_USAGE'],
  ] as const)('refuses %j with %s', (args, code) => {
    expect(run(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(code) });
  });
});
