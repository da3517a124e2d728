import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../registries/check/report.ts';
import { pythonTools } from './python.ts';

/** An adapter in another language, written with that language's own client, passes the conformance check as its author runs it. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const sample = join(root, 'samples/adapter-python');
const say = (text: string) => process.stderr.write(`${text}\n`);

describe('the adapter in Python', () => {
  it('passes the conformance check, restarts included', async () => {
    const python = join(await pythonTools(say, join(sample, 'requirements.txt')), 'python');
    const args = ['--party', 'TAX', '--cases', join(sample, 'cases.json'), '--json'];
    const command = `"${python}" "${join(sample, 'adapter.py')}"`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'cli/orgeid.mjs'), 'adapter', 'check', ...args, '--run', command],
      { maxBuffer: 10_000_000 },
    ).catch((error: { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    });
    const report: CheckReport = JSON.parse(stdout);
    const ended = Object.fromEntries(report.items.map(({ name, status }) => [name, status]));
    expect(report.failed).toBe(0);
    expect(ended).toMatchObject({
      'restart-stopped': 'PASSED',
      'restart-killed': 'PASSED',
      burst: 'PASSED',
      unavailable: 'PASSED',
      refused: 'PASSED',
      credentials: 'PASSED',
    });
    expect(report.items.filter(({ status }) => status === 'NOT_RUN').map(({ name }) => name)).toEqual([
      'changes',
    ]);
  });
});
