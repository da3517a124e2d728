import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { natsAddress } from './address.ts';
import { BusError } from './errors.ts';

/** The relay's fencing was verified from this version on. */
export const OLDEST_NATS_SERVER = '2.12.1';

/** Whom to connect to and under which name; the rest of the client's options may be given too (user, pass, token, tls). */
export type BusOptions = Omit<ConnectionOptions, 'servers' | 'name'> & {
  readonly servers: string | string[];
  /** Shown in the server's connection list. */
  readonly name: string;
};

/**
 * Connects to NATS, waiting until a server is there, and reconnects for ever afterwards.
 * A publish made while disconnected is dropped by the client: use `publishAcked`.
 *
 * @example
 * const nc = await connectBus({ servers: 'nats://127.0.0.1:4222', name: 'gateway' });
 *
 * @throws BusError `EID_ERR_NATS_VERSION` when the server is older than 2.12.1
 */
export async function connectBus({ servers, ...options }: BusOptions): Promise<NatsConnection> {
  const nc = await connect({
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    pingInterval: 20_000,
    waitOnFirstConnect: true,
    // Otherwise each request takes two stack traces, whether or not it fails.
    noAsyncTraces: true,
    ...(typeof servers === 'string' ? natsAddress(servers) : { servers }),
    ...options,
  });
  const version = nc.info?.version ?? '0.0.0';
  if (!isAtLeast(version, OLDEST_NATS_SERVER)) {
    await nc.close();
    throw new BusError('EID_ERR_NATS_VERSION', `NATS server ${version} is older than ${OLDEST_NATS_SERVER}`);
  }
  return nc;
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
