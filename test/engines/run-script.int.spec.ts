import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../support/folder.ts';

type Result = { code: number; stdout: string; stderr: string };

/** A clone that holds the npm command script, one dependency in its lockfile, and an `npm` that only says it ran. */
function clone(installed: string | undefined): string {
  const folder = freshFolder();
  for (const name of ['scripts', 'node_modules']) mkdirSync(join(folder, name));
  for (const name of ['run.mjs', 'processes.mjs', 'install.mjs']) {
    copyFileSync(
      fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url)),
      join(folder, 'scripts', name),
    );
  }
  const list = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version: '1', optional: true } },
    });
  writeFileSync(join(folder, 'package-lock.json'), list('2.0.0'));
  if (installed) writeFileSync(join(folder, 'node_modules', '.package-lock.json'), list(installed));
  writeFileSync(
    join(folder, 'npm.js'),
    "require('fs').appendFileSync(__dirname + '/ran', 'x'); console.log('npm ran')",
  );
  return folder;
}

async function runScript(folder: string, ...args: string[]): Promise<Result> {
  const env = { ...process.env, npm_execpath: join(folder, 'npm.js') };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['scripts/run.mjs', ...args], {
      cwd: folder,
      env,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as Result;
  }
}

describe('the script behind the npm commands', () => {
  it('refuses a command that it does not know, with a code, on stderr only', async () => {
    const result = await runScript(clone('2.0.0'), 'frobnicate');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('EID_ERR_COMMAND_UNKNOWN');
    expect(result.stdout).toBe('');
  });

  it('installs nothing when what is there agrees with the lockfile', async () => {
    expect((await runScript(clone('2.0.0'), 'frobnicate')).stderr).not.toContain('npm ran');
  });

  it.each([
    ['nothing is there', undefined],
    ['another version is there', '1.0.0'],
  ])('installs when %s, once for two runs at once, and not again after', async (_, installed) => {
    const folder = clone(installed);
    const runs = await Promise.all([runScript(folder, 'frobnicate'), runScript(folder, 'frobnicate')]);
    const later = await runScript(folder, 'frobnicate');
    const all = [...runs, later].map((result) => result.stderr).join('');
    expect(all.match(/npm ran/g)).toHaveLength(1);
  });
});
