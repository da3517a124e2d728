import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { taxQuery } from '../bus/questions.ts';
import { freshBus } from '../bus/stream.ts';
import { useEngines } from '../support/engines.ts';
import { listen, parsed, put } from './answers.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 20_000, interval: 20 };
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The adapter of the guide as a process. */
function serve(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'registries/kit/example.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  return { child, ended, said: () => said };
}

describe('the adapter of the guide', () => {
  it('listens, answers, tells how it is, and ends when it is told to', async () => {
    const { url } = engines().nats;
    const nc = await freshBus(url);
    const received = listen(nc);
    const { child, ended, said } = serve({ ORGEID_NATS_URL: url, ORGEID_ADAPTER_PORT: '0' });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { port } = JSON.parse(line) as { port: number };
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    expect(parsed(received)).toMatchObject([{ outcome: 'FOUND', status: 'ACTIVE' }]);
    expect(await (await get('/health')).json()).toEqual({ party: 'TAX', healthy: true });
    expect((await get('/ready')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('orgeid_adapter_answers_total{outcome="FOUND",repeated="false",party="TAX"} 1');
    expect((await get('/elsewhere')).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/ready`, { method: 'POST' })).status).toBe(405);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said()).toContain('question answered');
    expect(said()).not.toContain('Ví Dụ');
  });

  it('lives and is not ready while NATS is away', async () => {
    const { child, ended, said } = serve({ ORGEID_NATS_URL: 'nats://127.0.0.1:9', ORGEID_ADAPTER_PORT: '0' });
    const port = await vi.waitFor(() => {
      const [, found] = /"port":(\d+)/.exec(said()) ?? [];
      expect(found).toBeDefined();
      return found;
    }, SOON);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/health')).status).toBe(200);
    expect((await get('/ready')).status).toBe(503);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it.each([
    [{}, 'EID_ERR_USAGE: ORGEID_NATS_URL is missing: set it to the address of NATS, nats://host:4222\n'],
    [
      { ORGEID_NATS_URL: 'nats://127.0.0.1', ORGEID_NATS_SEED_FILE: '/nowhere/seed' },
      'EID_ERR_USAGE: ORGEID_NATS_SEED_FILE names a file that cannot be read\n',
    ],
  ])('says in one sentence what is set wrong: %j', async (env, sentence) => {
    const { ended, said } = serve(env);
    expect(await ended).toEqual([2, null]);
    expect(said()).toBe(sentence);
  });
});
