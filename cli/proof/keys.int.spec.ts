import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readKeySet } from '../../proof/keySet.ts';
import { openKeys } from '../../proof/keys.ts';
import { freshFolder } from '../../test/support/folder.ts';

const command = fileURLToPath(new URL('../orgeid.mjs', import.meta.url));
const HOUR_MS = 3_600_000;
const env = { PATH: process.env.PATH, LC_ALL: 'C' };

function proof(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'proof', ...args], {
    env: { ...env, ...more },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const setIn = (text: string) => readKeySet(JSON.parse(text), 'stdout');

describe('orgeid proof keys', () => {
  it('makes the keys when there are none, and prints the set that it published', () => {
    const keys = join(freshFolder(), 'keys');
    const first = proof(['keys', '--keys', keys, '--issuer', 'urn:example']);
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toBe(readFileSync(join(keys, 'jwks.json'), 'utf8'));
    expect(first.stdout).not.toContain('"d"');
    expect(setIn(first.stdout)).toMatchObject({ issuer: 'urn:example', keys: [{}, {}] });
    expect(proof(['keys'], { ORGEID_KEYS_DIR: keys }).stdout).toBe(first.stdout);
  });

  it('ends with 2 without a folder, and for a ring of another issuer', () => {
    const keys = freshFolder();
    expect(proof(['keys'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--keys') });
    expect(proof(['keys', '--keys', keys]).status).toBe(0);
    expect(proof(['keys', '--keys', keys, '--issuer', 'urn:other'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('urn:orgeid'),
    });
  });
});

describe('orgeid proof rotate', () => {
  it('says which key signs, which is next, and until when the retired one is published', () => {
    const keys = freshFolder();
    const before = setIn(proof(['keys', '--keys', keys]).stdout);
    const { status, stdout } = proof(['rotate', '--keys', keys, '--json']);
    expect(status).toBe(0);
    const after = setIn(readFileSync(join(keys, 'jwks.json'), 'utf8'));
    expect(JSON.parse(stdout)).toEqual({
      rotated: true,
      current: before.keys[1]?.kid,
      next: after.keys[1]?.kid,
      retired: [{ kid: before.keys[0]?.kid, until: expect.stringMatching(/Z$/) }],
    });
    expect(proof(['rotate', '--keys', keys, '--lead', '3600'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^not rotated/),
    });
  });

  it('by two processes at the same time, with a lead, is one rotation', async () => {
    const keys = freshFolder();
    const before = await openKeys(keys, { now: Date.now() - 2 * HOUR_MS });
    const runs = [1, 2].map(async () => {
      const args = [command, 'proof', 'rotate', '--keys', keys, '--lead', '3600', '--json'];
      const child = spawn(process.execPath, args, { env });
      let said = '';
      child.stdout.on('data', (part) => {
        said += String(part);
      });
      expect(await once(child, 'close')).toEqual([0, null]);
      return JSON.parse(said);
    });
    const told = await Promise.all(runs);
    expect(told.filter(({ rotated }) => rotated)).toHaveLength(1);
    for (const { current } of told) expect(current).toBe(before.next.kid);
    expect(readdirSync(keys).sort()).toEqual(['jwks.json', 'ring-000002.json']);
  });
});

it('orgeid proof alone names its parts and ends with 2', () => {
  expect(proof([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('verify') });
});
