import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsAccounts } from '../../../bus/permissions/config.ts';
import { makeKey } from '../../../engines/credentials.ts';
import { withoutLogin } from '../../../engines/nats.ts';
import { startEngines } from '../../../engines/start.ts';
import { createLogger } from '../../../log/logger.ts';
import type { AdapterCredentials } from '../../../registries/check/item.ts';
import type { Registry } from '../../../schemas/registry.ts';
import type { CheckOptions } from './options.ts';

/** The NATS server of a check, and what the adapter needs to get in. */
export type CheckServer = {
  /** With which the check itself gets in. */
  readonly url: string;
  /** The adapter's own way in, where the server asks for a key. */
  readonly credentials: AdapterCredentials | undefined;
  /** Environment of the adapter. */
  readonly adapterEnv: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

const envOf = (url: string, seedFile: string | undefined) => ({
  ORGEID_NATS_URL: url,
  ...(seedFile === undefined ? {} : { ORGEID_NATS_SEED_FILE: seedFile }),
});

/**
 * A server of the check's own, on a free port, with the permissions of a real one and a key made for the adapter; gone when the check
 * ends. A server that the environment names to the engines is taken as it is.
 * @throws EngineError
 */
export async function ownServer(party: Registry): Promise<CheckServer> {
  const folder = await mkdtemp(join(tmpdir(), 'orgeid-check-'));
  const engines = await startEngines({
    dataDir: join(folder, 'nats'),
    only: ['nats'],
    log: createLogger('adapter-check', { level: 'warn' }),
  }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const stop = async () => {
    await engines.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const { url, bareUrl, admit } = engines.nats;
  if (!admit) return { url, credentials: undefined, adapterEnv: envOf(url, undefined), stop };
  const seedFile = join(folder, `${party}.seed`);
  try {
    await admit(natsAccounts([{ party, kind: 'registry', keys: [makeKey(seedFile)] }]));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, credentials: { url: bareUrl, seedFile }, adapterEnv: envOf(bareUrl, seedFile), stop };
}

/** The server that the author named; the adapter gets the same address, without what the check gets in by when it has a key. */
export function givenServer({ nats = '', seedFile }: CheckOptions): CheckServer {
  const credentials = seedFile === undefined ? undefined : { url: withoutLogin(nats), seedFile };
  const adapterEnv = envOf(credentials?.url ?? nats, seedFile);
  return { url: nats, credentials, adapterEnv, stop: async () => {} };
}
