import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { AccountStatusEntry } from '../../schemas/account-status.ts';

/** What the mirror needs of the log. */
export type StatusLog = {
  /** Position of the last event. */
  head(): Promise<number>;
  /** Looks at up to `limit` events after a position: the last one's position, and the accounts whose streams they are of. */
  touchedAfter(position: number, limit: number): Promise<Touched>;
  /** Entries of accounts as they are now, with the position of their last event. */
  entriesOf(streams: readonly string[]): Promise<AccountStatusEntry[]>;
  /** All of them, a page at a time. */
  pages(): AsyncIterable<readonly AccountStatusEntry[]>;
  /** Returns when there may be an event after the position, or when the signal is aborted. */
  waitAfter(position: number, signal: AbortSignal): Promise<void>;
};

export type Touched = { readonly reached: number; readonly streams: readonly string[] };

export type MirrorOptions = {
  readonly log: StatusLog;
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Called with the position of each head that was read or written. */
  onProgress?(position: number): void;
  /** `mirror.mid-batch` is called between two puts of a batch. Tests only. */
  failpoint?(name: string): void | Promise<void>;
  /** Replicas for a bucket that has to be created (default 1). */
  readonly replicas?: number;
  /** Events looked at together (default 256). */
  readonly batch?: number;
  /** How often the head is written when nothing happens, in ms (default 2000). */
  readonly headEveryMs?: number;
  /** How often every key is compared with the log, in ms (default 600 000); always at the start. */
  readonly fullCheckEveryMs?: number;
};
