import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { descendants, isAlive, waitUntilGone } from '../../engines/processes.ts';
import { startEngines } from '../../engines/start.ts';
import { freshFolder } from '../support/folder.ts';

/** Starts a process that runs engines, and answers when they are up. */
async function startRun(dataDir: string): Promise<{ child: ChildProcess; pid: number; engines: number[] }> {
  const script = fileURLToPath(new URL('./run.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const engines = JSON.parse(line.toString()) as number[];
  if (child.pid === undefined) throw new Error('the run did not start');
  return { child, pid: child.pid, engines };
}

describe('engines of a run that ends without stopping them', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('are gone after %s', async (signal) => {
    const { child, pid, engines } = await startRun(freshFolder());
    const all = descendants(pid);
    expect(all).toEqual(expect.arrayContaining(engines));
    child.kill(signal);
    await waitUntilGone(all);
    expect(all.filter(isAlive)).toEqual([]);
  });

  it('are ended by the next run in the same folder when their guards were killed too', async () => {
    const dataDir = freshFolder();
    const { child, pid, engines } = await startRun(dataDir);
    const guards = descendants(pid).filter((one) =>
      descendants(one).some((below) => engines.includes(below)),
    );
    expect(guards).toHaveLength(2);
    child.kill('SIGSTOP'); // so that it cannot close the guards' pipes before they are dead
    for (const guard of guards) process.kill(guard, 'SIGKILL');
    child.kill('SIGKILL');
    await waitUntilGone([pid, ...guards]);
    expect(engines.every(isAlive)).toBe(true);
    const next = await startEngines({ dataDir, only: ['nats'] });
    expect(engines.filter(isAlive)).toEqual([]);
    await next.stop();
  });
});
