import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordAccess } from '../../store/accessHistory.ts';
import { readings } from '../../test/store/accessEntries.ts';
import { tamper, useStore } from '../../test/store/support.ts';
import { freshFolder } from '../../test/support/folder.ts';

const command = fileURLToPath(new URL('../orgeid.mjs', import.meta.url));

describe('orgeid access-history', () => {
  const store = useStore();
  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH, ORGEID_POSTGRES_URL: store.url() };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'access-history', ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  it('says that a history is whole, and names what was altered behind its back', async () => {
    await recordAccess(store.pool(), 'api', readings(2));
    expect(run('verify')).toMatchObject({ status: 0, stdout: 'Whole: 2 entries.\n' });
    const noted = join(freshFolder(), 'verdict.json');
    writeFileSync(noted, run('verify', '--json').stdout);
    expect(run('verify', '--noted', noted).status).toBe(0);
    await tamper(store.url(), `update orgeid.access_history set actor = '${randomUUID()}' where seq = 2`);
    const { status, stdout } = run('verify');
    expect(status).toBe(3);
    expect(stdout).toMatch(/^ALTERED {2}.*"seq":2/);
  });

  it('removes nothing that the policy keeps, and refuses bad input', () => {
    expect(run('prune', '--before', new Date().toISOString())).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('EID_ERR_SHAPE'),
    });
    expect(run('verify', '--noted', '/nowhere')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('EID_ERR_FILE'),
    });
    expect(run('prune')).toMatchObject({ status: 2, stderr: expect.stringContaining('--before') });
    expect(run()).toMatchObject({ status: 2 });
  });
});
