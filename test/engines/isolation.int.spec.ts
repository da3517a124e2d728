import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort, isFree } from '../../engines/ports.ts';
import { descendants } from '../../engines/processes.ts';
import { startEngines } from '../../engines/start.ts';
import { freshFolder } from '../support/folder.ts';

describe('two runs at once', () => {
  it('in two folders do not meet', async () => {
    const [a, b] = await Promise.all([
      startEngines({ dataDir: freshFolder(), only: ['postgres', 'nats'] }),
      startEngines({ dataDir: freshFolder(), only: ['postgres', 'nats'] }),
    ]);
    try {
      expect(a.postgres.address).not.toBe(b.postgres.address);
      await a.stop();
      expect(await b.postgres.healthy()).toBe(true);
      expect(await b.nats.healthy()).toBe(true);
    } finally {
      await Promise.all([a.stop(), b.stop()]);
    }
  });

  it('in one folder: the second is refused and the first goes on', async () => {
    const dataDir = freshFolder();
    const first = await startEngines({ dataDir, only: ['nats'] });
    try {
      await expect(startEngines({ dataDir, only: ['nats'] })).rejects.toMatchObject({
        code: 'EID_ERR_DATA_DIR_BUSY',
        message: expect.stringContaining(String(process.pid)),
      });
      expect(await first.nats.healthy()).toBe(true);
    } finally {
      await first.stop();
    }
  });
});

describe('stop', () => {
  it('may be called twice, frees the ports and leaves the logs but no data', async () => {
    const dataDir = freshFolder();
    const engines = await startEngines({ dataDir, only: ['postgres', 'nats'] });
    const ports = [engines.postgres, engines.nats].map((engine) => Number(engine.address.split(':')[1]));
    await Promise.all([engines.stop(), engines.stop()]);
    expect(await Promise.all(ports.map(isFree))).toEqual([true, true]);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(readFileSync(engines.postgres.logFile, 'utf8')).toContain('database system is shut down');
    await expect(engines.nats.restart()).rejects.toMatchObject({ code: 'EID_ERR_ENGINE_STOPPED' });
  });
});

describe('a start that fails', () => {
  it('says which port is taken and leaves no engine running', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    const before = descendants(process.pid);
    const dataDir = freshFolder();
    await expect(
      startEngines({ dataDir, only: ['postgres', 'nats'], ports: { nats: port } }),
    ).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_START',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
    expect(descendants(process.pid).filter((pid) => !before.includes(pid))).toEqual([]);
    await (await startEngines({ dataDir, only: ['nats'] })).stop(); // the folder is free again
  });

  it('shows the end of the log of the engine that gave up', async () => {
    const dataDir = freshFolder();
    await (await startEngines({ dataDir, only: ['postgres'], keepData: true })).stop();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(dataDir, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(startEngines({ dataDir, only: ['postgres'], keepData: true })).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_START',
      message: expect.stringContaining('no_such_setting'),
    });
  });
});
