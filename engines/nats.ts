import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { natsConfig } from './config.ts';
import { EngineError } from './error.ts';
import type { Command } from './guarded.ts';
import { isUsable } from './versions.ts';

const OLDEST_SERVER = '2.12.1';

/** The command that runs a NATS server on a port with its JetStream store in `dataDir/nats`. */
export function natsCommand(binary: string, dataDir: string, port: number): Command {
  const folder = join(dataDir, 'nats');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'nats.conf');
  writeFileSync(file, natsConfig({ port, storeDir: folder }));
  return { file: binary, args: ['-c', file], cwd: folder, ending: [{ signal: 'SIGTERM', graceMs: 10_000 }] };
}

/**
 * Whether the server answers and JetStream is on. Throws when it cannot be reached, and
 * `EID_ERR_ENGINE_START` when it is older than what the relay's fencing needs.
 */
export async function checkNats(url: string): Promise<boolean> {
  const connection = await connect({ servers: url, reconnect: false, timeout: 2_000 });
  try {
    const version = connection.info?.version ?? '0.0';
    if (!isUsable(version, OLDEST_SERVER)) {
      throw new EngineError('EID_ERR_ENGINE_START', `NATS server ${version} is older than ${OLDEST_SERVER}`);
    }
    await (await jetstreamManager(connection, { timeout: 2_000 })).getAccountInfo();
    return true;
  } finally {
    await connection.close();
  }
}
