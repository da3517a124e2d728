import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildWithGo } from '../../engines/build.ts';
import { findCached } from '../../engines/cache.ts';
import { tryLock } from '../../engines/lock.ts';
import { freshFolder } from '../support/folder.ts';

/** Puts a `go` on PATH that does what the script says, and an empty cache; answers with the folder of both. */
function fakeGo(script: string): string {
  const folder = freshFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'go'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'go'), 0o755);
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH ?? ''}`);
  vi.stubEnv('XDG_CACHE_HOME', folder);
  return folder;
}

afterEach(() => vi.unstubAllEnvs());

describe('a build into the cache', () => {
  it('happens once when two ask at once: the second waits and says so', async () => {
    const folder = fakeGo(
      'echo built >> "$GOBIN/../../../count"; sleep 0.3; echo binary > "$GOBIN/nats-server"',
    );
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const paths = await Promise.all([buildWithGo('nats', say), buildWithGo('nats', say)]);
    expect(paths[0]).toBe(paths[1]);
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('built\n');
    expect(lines.join('\n')).toMatch(/is building it, waiting/);
    expect(findCached('nats')).toBe(paths[0]);
  });

  it('that fails shows what the compiler said and leaves neither a half engine nor a lock', async () => {
    const folder = fakeGo('echo "half" > "$GOBIN/temporal"; echo "undefined: frobnicate" >&2; exit 1');
    await expect(buildWithGo('temporal', () => {})).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_BUILD',
      message: expect.stringContaining('undefined: frobnicate'),
    });
    expect(findCached('temporal')).toBeUndefined();
    expect(readdirSync(join(folder, 'orgeid', 'engines'))).toEqual([]);
  });
});

describe('a lock', () => {
  it('of a living process is refused with its id', () => {
    const file = join(freshFolder(), 'lock');
    expect(tryLock(file)).toHaveProperty('release');
    expect(tryLock(file)).toEqual({ heldBy: process.pid });
  });

  it.each([
    ['of a process that is dead', { pid: 2 ** 22 + 1, startedAt: '', id: 'x' }],
    ['of an earlier process with the id of a living one', { pid: process.pid, startedAt: '1', id: 'x' }],
  ])('%s is taken over', (_, holder) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
    const lock = tryLock(join(folder, 'lock'));
    expect(lock).toHaveProperty('release');
    if ('release' in lock) lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});
