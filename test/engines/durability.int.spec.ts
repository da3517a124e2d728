import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { startEngines } from '../../engines/start.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';

async function sql(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function publish(url: string, data: string): Promise<void> {
  const connection = await connectBus({ servers: url, name: 'test' });
  await (await jetstreamManager(connection)).streams.add({ name: 'KEPT', subjects: ['kept'] });
  await jetstream(connection).publish('kept', data);
  await connection.close();
}

async function stored(url: string): Promise<string | undefined> {
  const connection = await connectBus({ servers: url, name: 'test' });
  const message = await (await jetstreamManager(connection)).streams.getMessage('KEPT', { seq: 1 });
  await connection.close();
  return message?.string();
}

async function withTemporal<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

const startWorkflow = (address: string) =>
  withTemporal(address, (client) =>
    client.workflow.start('nobodyRunsThis', { taskQueue: 'none', workflowId: 'kept' }),
  );
const status = (address: string) =>
  withTemporal(address, async (client) => (await client.workflow.getHandle('kept').describe()).status.name);

describe('an engine that is killed and restarted', () => {
  const engines = useEngines();

  it('PostgreSQL keeps a committed row, on the same port', async () => {
    const { postgres } = engines();
    const { address, pid } = postgres;
    await sql(postgres.url, 'create table kept (note text)');
    await sql(postgres.url, "insert into kept values ('Hưng Yên')");
    await postgres.kill();
    expect(await postgres.healthy()).toBe(false);
    expect(postgres.pid).toBeUndefined();
    await postgres.restart();
    expect(await postgres.healthy()).toBe(true);
    expect(postgres.address).toBe(address);
    expect(postgres.pid).not.toBe(pid);
    expect(await sql(postgres.url, 'select note from kept')).toEqual([{ note: 'Hưng Yên' }]);
  });

  it('NATS keeps an acknowledged message', async () => {
    const { nats } = engines();
    await publish(nats.url, 'Hưng Yên');
    await nats.kill();
    expect(await nats.healthy()).toBe(false);
    await nats.restart();
    expect(await stored(nats.url)).toBe('Hưng Yên');
  });

  it('Temporal keeps a workflow that was started', async () => {
    const { temporal } = engines();
    await startWorkflow(temporal.address);
    await temporal.kill();
    expect(await temporal.healthy()).toBe(false);
    await temporal.restart();
    expect(await status(temporal.address)).toBe('RUNNING');
  });

  it('is not healthy while it is paused, and is again when it goes on', async () => {
    const { nats } = engines();
    await nats.kill('SIGSTOP');
    expect(await nats.healthy()).toBe(false);
    await nats.kill('SIGCONT');
    expect(await nats.healthy()).toBe(true);
  });

  it('can be restarted while it runs', async () => {
    const { nats } = engines();
    const before = nats.pid;
    await nats.restart();
    expect(nats.pid).not.toBe(before);
    expect(await nats.healthy()).toBe(true);
  });
});

describe('keepData', () => {
  it('gives the next start on the same folder the data of the one before', async () => {
    const dataDir = freshFolder();
    const first = await startEngines({ dataDir, keepData: true });
    await sql(first.postgres.url, 'create table kept (note text)');
    await publish(first.nats.url, 'kept');
    await startWorkflow(first.temporal.address);
    await first.stop();

    const second = await startEngines({ dataDir, keepData: true });
    try {
      expect(await sql(second.postgres.url, 'select note from kept')).toEqual([]);
      expect(await stored(second.nats.url)).toBe('kept');
      expect(await status(second.temporal.address)).toBe('RUNNING');
    } finally {
      await second.stop();
    }
  });

  it('refuses to remove kept data on a start without it', async () => {
    const dataDir = freshFolder();
    await (await startEngines({ dataDir, only: ['nats'], keepData: true })).stop();
    await expect(startEngines({ dataDir, only: ['nats'] })).rejects.toMatchObject({
      code: 'EID_ERR_DATA_DIR_KEPT',
    });
  });
});
