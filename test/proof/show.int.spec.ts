import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { projections } from '../../domain/projections.ts';
import { ACCOUNT, accounts, lockOrder, OPENED } from '../../domain/testing/accounts.ts';
import { people } from '../../domain/testing/people.ts';
import { decree } from '../../domain/testing/policy.spec.ts';
import type { AccountEvent } from '../../schemas/account.ts';
import type { Fact } from '../../schemas/case.ts';
import { readHead } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { note, useStore } from '../store/support.ts';
import { freshFolder } from '../support/folder.ts';

const command = fileURLToPath(new URL('../../cli/orgeid.mjs', import.meta.url));
const account = accounts(decree).active();
const owner = people.registrant.id;

describe('orgeid proof show', () => {
  const store = useStore();
  const record = async (events: readonly Fact<AccountEvent>[], expectedVersion: number) =>
    await createRecorder(store.pool(), projections).record({
      stream: ACCOUNT,
      caseType: 'account',
      policyVersion: decree.version,
      expectedVersion,
      commandId: `history-${expectedVersion}`,
      actor: people.system,
      at: OPENED,
      events: events.map(({ type, data }) => ({ type, data })),
    });
  const orgeid = (args: readonly string[], more: Readonly<Record<string, string>> = {}, input = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'proof', ...args], {
      env: { PATH: process.env.PATH, LC_ALL: 'C', ...more },
      encoding: 'utf8',
      input,
    });
    return { status, stdout, stderr };
  };
  const show = (keys: string, args: readonly string[] = [], holder = owner, number = '10000000001') =>
    orgeid(['show', '--number', number, '--holder', holder, '--keys', keys, ...args], {
      ORGEID_POSTGRES_URL: store.url(),
    });
  const verify = (keys: string, token: string) =>
    orgeid(['verify', '--jwks', join(keys, 'jwks.json'), '--json'], {}, `${token}\n`);

  beforeAll(async () => {
    const recorder = createRecorder(store.pool(), projections);
    await recorder.record({ ...note('registration-1', 0), events: [{ type: 'RequestWithdrawn', data: {} }] });
    await record(account.history, 0);
  });

  it('issues the proof of an account to its owner, which a desk accepts', async () => {
    const keys = freshFolder();
    const { status, stdout, stderr } = show(keys, ['--json']);
    expect([status, stderr]).toEqual([0, '']);
    const { token, claims, qrVersion } = JSON.parse(stdout);
    const { position } = await readHead(store.pool());
    expect(claims).toMatchObject({ sub: '10000000001', status: 'ACTIVE', pos: position });
    expect(position).toBe(account.history.length + 1);
    expect(qrVersion).toBeLessThan(20);
    expect(JSON.parse(verify(keys, token).stdout)).toMatchObject({ accepted: true, claims });
  });

  it('draws it into a file for its holder alone, or here', () => {
    const keys = freshFolder();
    const svg = join(keys, 'proof.svg');
    expect(show(keys, ['--svg', svg])).toMatchObject({ status: 0, stdout: `${svg}\n` });
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*<\/svg>$/);
    expect(statSync(svg).mode & 0o777).toBe(0o600);
    const { stdout } = show(keys);
    expect(stdout).toMatch(/█{10}/);
    const token = stdout.trim().split('\n').at(-1) ?? '';
    expect(verify(keys, token).status).toBe(0);
  });

  it.each<[string, string, string, readonly string[], string]>([
    ['to anybody else', 'vn-la', '10000000001', [], 'EID_ERR_FORBIDDEN'],
    ['of an account that is not there', owner, '10000000009', [], 'EID_ERR_CASE_UNKNOWN'],
    ['into a folder that is not there', owner, '10000000001', ['--svg', '/absent/a.svg'], 'EID_ERR_FILE'],
  ])('issues nothing %s', (_, holder, number, args, code) => {
    const { status, stdout, stderr } = show(freshFolder(), args, holder, number);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^${code}: `));
  });

  it('says where it would read the account, when it is not told', () => {
    const { status, stderr } = orgeid(['show', '--number', '1', '--holder', owner, '--keys', freshFolder()]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('ORGEID_POSTGRES_URL')]);
  });

  it('shows a lock at once: the proof says so and the desk refuses it', async () => {
    const keys = freshFolder();
    const { history } = accounts(decree)
      .active()
      .when(lockOrder('1'))
      .then([
        { type: 'LockGroundPlaced' },
        { type: 'AccountLocked' },
        { type: 'NoticeOrdered' },
        { type: 'OrderAnswered' },
      ]);
    await record(history.slice(account.history.length), account.history.length);
    const { status, stdout } = show(keys, ['--json']);
    expect(status).toBe(0);
    const { token, claims } = JSON.parse(stdout);
    expect(claims).toMatchObject({ status: 'LOCKED', pos: (await readHead(store.pool())).position });
    const refused = verify(keys, token);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ accepted: false, reason: 'LOCKED' });
  });
});
