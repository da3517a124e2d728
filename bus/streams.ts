import {
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/nats-core';
import { Party } from '../schemas/registry.ts';
import { type QueryConsumerOptions, queryConsumer } from './queryConsumers.ts';
import { type Persistence, untilAnswered } from './retry.ts';

export const EVENTS = 'EVENTS';
export const QUERIES = 'QUERIES';
export const ANSWERS = 'ANSWERS';
export const CHANGES = 'CHANGES';
export const ACKS = 'ACKS';
export const CHECKPOINTS = 'CHECKPOINTS';

/** Requests sent while disconnected are lost: better to ask again soon than to wait long. */
export const API_TIMEOUT_MS = 2_000;

/** Server's codes for a name that is in use with a different configuration: of a stream, of a consumer. */
const IN_USE: readonly number[] = [10058, 10148];

export type StreamOptions = QueryConsumerOptions & {
  /** 1, or 3 on a cluster. */
  readonly replicas?: number | undefined;
  /** How long a message id is remembered, in ms. */
  readonly duplicateWindowMs?: number | undefined;
  /** Who is asked on QUERIES; each has its durable consumer there (default: all registries and channels). */
  readonly parties?: readonly string[] | undefined;
};

type Config = Partial<StreamConfig> & { name: string };

/**
 * `EVENTS` is a copy of the log, kept whole, and `CHECKPOINTS` what was signed of it; the others are work queues: a message is gone once
 * settled. Purging and deleting stay possible, but of checkpoints, which nobody can make again: the relay refills EVENTS from the log, and
 * Temporal asks again what was lost.
 */
export function streamConfigs({ replicas = 1, duplicateWindowMs = 120_000 }: StreamOptions = {}): Config[] {
  const common = {
    storage: StorageType.File,
    num_replicas: replicas,
    duplicate_window: nanos(duplicateWindowMs),
  };
  return [
    {
      ...common,
      name: EVENTS,
      subjects: ['events.>'],
      retention: RetentionPolicy.Limits,
      allow_direct: true,
    },
    {
      ...common,
      name: QUERIES,
      subjects: ['queries.*'],
      retention: RetentionPolicy.Workqueue,
      // An attempt whose time is over goes by itself: a party that was away for a day is not flooded.
      allow_msg_ttl: true,
    },
    { ...common, name: ANSWERS, subjects: ['answers.*'], retention: RetentionPolicy.Workqueue },
    { ...common, name: CHANGES, subjects: ['changes.*'], retention: RetentionPolicy.Workqueue },
    { ...common, name: ACKS, subjects: ['acks.*'], retention: RetentionPolicy.Workqueue },
    {
      ...common,
      name: CHECKPOINTS,
      subjects: ['checkpoints.*'],
      retention: RetentionPolicy.Limits,
      deny_delete: true,
      deny_purge: true,
    },
  ];
}

/** Creates or updates the streams and the consumers of those who are asked; safe to call from every process at its start. Waits for NATS. */
export async function ensureStreams(
  nc: NatsConnection,
  options: StreamOptions & Persistence = {},
): Promise<void> {
  const jsm = await manager(nc);
  for (const config of streamConfigs(options)) {
    await untilAnswered(nc, () => ensureStream(jsm, config), options);
  }
  for (const party of options.parties ?? Party.options) {
    await untilAnswered(nc, () => ensureQueryConsumer(jsm, party, options), options);
  }
}

/** Creates a stream, or gives it the configuration when it stands with another one. */
export const ensureStream = (jsm: JetStreamManager, config: Config): Promise<void> =>
  made(
    () => jsm.streams.add(config),
    () => jsm.streams.update(config.name, config),
  );

function ensureQueryConsumer(
  jsm: JetStreamManager,
  party: string,
  options: QueryConsumerOptions,
): Promise<void> {
  const config = queryConsumer(party, options);
  return made(
    () => jsm.consumers.add(QUERIES, config),
    () => jsm.consumers.update(QUERIES, config.durable_name, config),
  );
}

/** Adds something, or changes it when it stands with another configuration. */
async function made(add: () => Promise<unknown>, change: () => Promise<unknown>): Promise<void> {
  try {
    await add();
  } catch (error) {
    if (!(error instanceof JetStreamApiError && IN_USE.includes(error.code))) throw error;
    await change();
  }
}

/** A JetStream manager that asks nothing of the server until it is used. */
export const manager = (nc: NatsConnection): Promise<JetStreamManager> =>
  jetstreamManager(nc, { checkAPI: false, timeout: API_TIMEOUT_MS });
