import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { temporalArgs } from './config.ts';
import type { Command } from './guarded.ts';

/** Makes ready `dataDir/temporal`; a database whose first start did not end well is half made and is removed. */
export function prepareTemporal(dataDir: string): {
  readonly markReady: () => void;
  readonly dbFile: string;
} {
  const folder = join(dataDir, 'temporal');
  const ready = join(folder, 'ready');
  if (!existsSync(ready)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return { markReady: () => writeFileSync(ready, ''), dbFile: join(folder, 'temporal.db') };
}

/** The command that runs Temporal's durable dev server. */
export function temporalCommand(
  binary: string,
  dbFile: string,
  ports: { readonly port: number; readonly uiPort?: number | undefined },
): Command {
  return {
    file: binary,
    args: temporalArgs({ dbFile, ...ports }),
    cwd: join(dbFile, '..'),
    ending: [{ signal: 'SIGTERM', graceMs: 10_000 }],
  };
}

/** Whether the server knows the namespace `default`. Throws when it cannot be reached. */
export async function checkTemporal(address: string): Promise<boolean> {
  if (!(await accepts(address))) return false; // much cheaper than a gRPC channel while the server starts
  const connection = await Connection.connect({ address, connectTimeout: 3_000 });
  try {
    await connection.withDeadline(Date.now() + 3_000, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return true;
  } finally {
    await connection.close();
  }
}

function accepts(address: string): Promise<boolean> {
  const [host = '127.0.0.1', port = '7233'] = address.split(':');
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: Number(port), timeout: 2_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
