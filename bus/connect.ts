import { readFileSync } from 'node:fs';
import { type Authenticator, nkeyAuthenticator, nkeys } from '@nats-io/nats-core';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { natsAddress } from './address.ts';
import { BusError } from './errors.ts';
import { inboxPrefixOf } from './permissions/adapter.ts';

/** The relay's fencing was verified from this version on. */
export const OLDEST_NATS_SERVER = '2.12.1';

/** Whom to connect to and under which name; the rest of the client's options may be given too (user, pass, token, tls). */
export type BusOptions = Omit<ConnectionOptions, 'servers' | 'name'> & {
  readonly servers: string | string[];
  /** Shown in the server's connection list. */
  readonly name: string;
  /** File with the seed of an nkey; user and password of the address do not count then. */
  readonly seedFile?: string | undefined;
  /** The party that connects: it hears replies in inboxes of its own only, as its permissions say. */
  readonly party?: string | undefined;
};

/**
 * Connects to NATS, waiting until a server is there, and reconnects for ever afterwards.
 * A publish made while disconnected is dropped by the client: use `publishAcked`.
 *
 * @example
 * const nc = await connectBus({ servers: 'nats://127.0.0.1:4222', name: 'gateway' });
 *
 * @throws BusError `EID_ERR_NATS_VERSION` when the server is older than 2.12.1, `EID_ERR_NATS_SEED` when the file holds no seed
 * @throws AuthorizationError of the client when the server does not know the user or the key
 */
export async function connectBus({
  servers,
  seedFile,
  party,
  ...options
}: BusOptions): Promise<NatsConnection> {
  const nc = await connect({
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    pingInterval: 20_000,
    waitOnFirstConnect: true,
    // Otherwise each request takes two stack traces, whether or not it fails.
    noAsyncTraces: true,
    ...(typeof servers === 'string' ? natsAddress(servers) : { servers }),
    ...(seedFile === undefined ? {} : { authenticator: seedAuthenticator(seedFile) }),
    ...(party === undefined ? {} : { inboxPrefix: inboxPrefixOf(party) }),
    ...options,
  });
  const version = nc.info?.version ?? '0.0.0';
  if (!isAtLeast(version, OLDEST_NATS_SERVER)) {
    await nc.close();
    throw new BusError('EID_ERR_NATS_VERSION', `NATS server ${version} is older than ${OLDEST_NATS_SERVER}`);
  }
  return nc;
}

/** Reads the seed at once: a file that is not there is better said than tried again. @throws BusError `EID_ERR_NATS_SEED` */
function seedAuthenticator(file: string): Authenticator {
  try {
    const seed = readFileSync(file, 'utf8').trim();
    nkeys.fromSeed(new TextEncoder().encode(seed)).clear();
    return nkeyAuthenticator(new TextEncoder().encode(seed));
  } catch (cause) {
    throw new BusError('EID_ERR_NATS_SEED', `${file} holds no seed of an nkey`, { cause });
  }
}

/** Compares the numeric parts of two versions; a pre-release counts as its release. */
export function isAtLeast(version: string, least: string): boolean {
  const parts = (text: string) => text.split(/[-+]/)[0]?.split('.').map(Number) ?? [];
  const [have, want] = [parts(version), parts(least)];
  for (let i = 0; i < 3; i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
