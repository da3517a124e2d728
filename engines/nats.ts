import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { type ConnectionOptions, connect } from '@nats-io/transport-node';
import { natsConfig, SYSTEM_ONLY, USERS_FILE } from './config.ts';
import { EngineError } from './error.ts';
import type { Command } from './guarded.ts';
import { isUsable } from './versions.ts';

const OLDEST_SERVER = '2.12.1';

/** Folder of a NATS server in the folder of a run: configuration, users, seeds, JetStream. */
export const natsFolder = (dataDir: string): string => join(dataDir, 'nats');

/** Password of the system's own user, random, for its owner only; made at the first start. */
export function systemPassword(dataDir: string): string {
  const folder = natsFolder(dataDir);
  const file = join(folder, 'system.password');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * The command that runs a NATS server on a port with its JetStream store in `dataDir/nats`. The users are those that were admitted
 * last; at the very first start the system alone.
 */
export function natsCommand(binary: string, dataDir: string, port: number): Command {
  const folder = natsFolder(dataDir);
  const password = systemPassword(dataDir);
  const file = join(folder, 'nats.conf');
  const users = join(folder, USERS_FILE);
  writeFileSync(file, natsConfig({ port, storeDir: folder }));
  if (!existsSync(users)) writeFileSync(users, SYSTEM_ONLY);
  return {
    file: binary,
    args: ['-c', file],
    cwd: folder,
    env: { NATS_PASSWORD: `"${password}"` },
    ending: [{ signal: 'SIGTERM', graceMs: 10_000 }],
  };
}

/** The address with which the system's own processes connect. */
export const systemUrl = (dataDir: string, port: number): string =>
  `nats://orgeid:${systemPassword(dataDir)}@127.0.0.1:${port}`;

/** An address, or a list of them, without user and password. */
export const withoutLogin = (url: string): string => url.replaceAll(/(^|,|:\/\/)[^@,/]*@/g, '$1');

/**
 * Whether the server answers and JetStream is on. Throws when it cannot be reached, and
 * `EID_ERR_ENGINE_START` when it is older than what the relay's fencing needs.
 */
export async function checkNats(url: string): Promise<boolean> {
  const connection = await connect({ ...addressIn(url), reconnect: false, timeout: 2_000 });
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

/** The client takes neither a list nor a password from a URL (bus/address.ts says more; this room imports no other). */
function addressIn(url: string): ConnectionOptions {
  const urls = url.split(',').map((part) => new URL(part.includes('://') ? part : `nats://${part}`));
  const servers = urls.map((one) => `${one.hostname}:${one.port || '4222'}`);
  const named = urls.find((one) => one.username !== '');
  if (!named) return { servers };
  return { servers, user: decodeURIComponent(named.username), pass: decodeURIComponent(named.password) };
}
