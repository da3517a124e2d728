import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { LoggedEvent } from '../schemas/case.ts';

/** What the relay needs of the log. */
export type ReadableLog = {
  /** At most `limit` events after a position, in order and without gaps. */
  readAfter(position: number, limit: number): Promise<LoggedEvent[]>;
  /** Returns when there may be an event after the position, or when the signal is aborted. */
  waitAfter(position: number, signal: AbortSignal): Promise<void>;
};

export type RelayOptions = {
  readonly log: ReadableLog;
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  /** Called with the stream's last sequence after each batch and each look at the stream. */
  onProgress(position: number): void;
  /** `relay.mid-batch` is called between two publishes of a batch. Tests only. */
  failpoint?(name: string): void | Promise<void>;
  /** Replicas for a stream that has to be created (default 1). */
  readonly replicas?: number;
  /** Events published before their acknowledgements are awaited (default 128). */
  readonly batch?: number;
  /** How often a quiet or busy relay looks whether the stream is still whole, in ms (default 5000). */
  readonly checkEveryMs?: number;
  readonly logger?: Logger;
};
