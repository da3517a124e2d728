import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { publicKeyIn } from '../../../engines/credentials.ts';
import { useStore } from '../../../test/store/support.ts';
import { freshFolder } from '../../../test/support/folder.ts';

const command = fileURLToPath(new URL('../../orgeid.mjs', import.meta.url));

describe('orgeid adapter', () => {
  const store = useStore();
  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH, ORGEID_POSTGRES_URL: store.url() };
    const options = { env, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'adapter', ...args], options);
    return { status, stdout, stderr };
  };

  it('admits a pair whose seed only its owner reads, lists it, and writes what the servers include', () => {
    const folder = freshFolder();
    const seed = join(folder, 'tax.seed');
    const added = run('add', 'tax', '--name', 'Tổng cục Thuế', '--seed-file', seed, '--json');
    expect(added).toMatchObject({ status: 0, stderr: '' });
    const key = JSON.parse(added.stdout);
    expect(key).toMatchObject({ party: 'TAX', kind: 'registry', state: 'ACTIVE', name: 'Tổng cục Thuế' });
    expect(publicKeyIn(seed)).toBe(key.publicKey);
    expect(statSync(seed).mode & 0o777).toBe(0o600);
    expect(run('list').stdout).toContain(key.publicKey);
    const out = join(folder, 'users.conf');
    expect(run('config', '--out', out).status).toBe(0);
    const users = readFileSync(out, 'utf8');
    expect(users).toContain(key.publicKey);
    expect(users).not.toContain('control');
    expect(users).not.toContain(readFileSync(seed, 'utf8').trim());
    expect(run('config', '--rehearsal').stdout).toContain('control.TAX');
  });

  it('revokes, and the servers then know the party no more', () => {
    const seed = join(freshFolder(), 'sms.seed');
    run('add', 'SMS', '--name', 'SMS', '--seed-file', seed);
    expect(run('config').stdout).toContain('ADAPTER_SMS');
    expect(run('revoke', 'SMS')).toMatchObject({ status: 0, stdout: expect.stringContaining('REVOKED') });
    expect(run('config').stdout).not.toContain('ADAPTER_SMS');
    expect(run('revoke', 'SMS')).toMatchObject({
      stderr: expect.stringContaining('EID_ERR_ADAPTER_UNKNOWN'),
    });
    const again = run('add', 'SMS', '--name', 'SMS', '--key', publicKeyIn(seed));
    expect(again.stderr).toContain('EID_ERR_ADAPTER_KEY');
  });

  it.each([
    ['neither key nor file', ['add', 'TAX', '--name', 'x'], 'EID_ERR_USAGE'],
    ['a party that is none', ['add', 'TAX.>', '--name', 'x', '--key', 'U'], 'EID_ERR_USAGE'],
    [
      'a key that is none',
      ['add', 'TAX', '--name', 'x', '--key', `U${'A'.repeat(55)}`],
      'EID_ERR_ADAPTER_KEY',
    ],
    ['a file that is there', ['add', 'TAX', '--name', 'x', '--seed-file', command], 'EID_ERR_FILE'],
    ['a folder where no server runs', ['revoke', 'NOBODY', '--data', '/nowhere'], 'EID_ERR_ADAPTER_UNKNOWN'],
    ['nothing to do', [], 'EID_ERR_USAGE'],
  ])('refuses %s with its code, and admits nobody', (_, args, code) => {
    const before = run('list', '--json').stdout;
    const { status, stderr } = run(...args);
    expect(status).not.toBe(0);
    expect(stderr).toContain(code);
    expect(run('list', '--json').stdout).toBe(before);
  });
});
