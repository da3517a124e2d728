import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { useEngines } from '../support/engines.ts';
import { asAdmin, freshDatabase } from './support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const engines = useEngines(['postgres']);

it('deploy/setup.ts migrates as the owner, makes the logins that it is given, and changes nothing the second time', async () => {
  const owner = await freshDatabase(engines().postgres.url);
  const login = (name: string) => {
    const url = new URL(owner);
    url.username = name;
    url.password = `of-${name}`;
    return url.href;
  };
  const env = {
    PATH: process.env.PATH,
    ORGEID_POSTGRES_MIGRATOR_URL: owner,
    ORGEID_POSTGRES_WRITER_URL: login('w'),
    ORGEID_POSTGRES_AUDITOR_URL: login('a'),
  };
  const setup = () => {
    const args = ['--import', 'tsx', 'deploy/setup.ts'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('of-w');
    return JSON.parse(stdout);
  };
  const first = setup();
  expect(first).toMatchObject({ logins: ['w', 'a'] });
  expect(first.migrations.length).toBeGreaterThan(5);
  expect(setup()).toMatchObject({ migrations: [], logins: [], policy: first.policy });

  const policies = (url: string) =>
    asAdmin(url, (client) => client.query('select version from orgeid.policies'));
  expect((await policies(login('w'))).rows).toEqual([{ version: first.policy }]);
  const forged = `insert into orgeid.policies (version, body, sha256) values ('mine', '{}', '')`;
  await expect(asAdmin(login('w'), (client) => client.query(forged))).rejects.toThrow('permission denied');
});
