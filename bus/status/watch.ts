import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import { type AccountStatusEntry, StatusHead } from '../../schemas/account-status.ts';
import { parseJson } from '../json.ts';
import { nameOf } from '../retry.ts';
import { API_TIMEOUT_MS, manager } from '../streams.ts';
import { backoffMs, pause } from '../wait.ts';
import { type ViewAge, viewAge } from './age.ts';
import { entryUnder, HEAD_KEY, STATUS_BUCKET, STATUS_STREAM } from './bucket.ts';

export type WatchOptions = {
  readonly nc: NatsConnection;
  readonly signal: AbortSignal;
  /** Called for every account at the start and for each change, one at a time; may see the same entry again. */
  onEntry(entry: AccountStatusEntry): void | Promise<void>;
  /**
   * The bucket no longer holds an account that it held, because somebody deleted the key. The mirror puts it again; until then
   * what was known of it before is the safer answer.
   */
  onGone?(number: string): void;
  /** Called with each head and at least every second. */
  onAge?(age: ViewAge): void;
  /** From which age on a view counts as behind, in ms (default 10 000). The mirror speaks every 2 s. */
  readonly staleAfterMs?: number;
  readonly log?: Logger;
};

export type StatusWatch = {
  /** How old the view is now. */
  age(): ViewAge;
  /** Resolves after the signal was aborted; rejects with what `onEntry` throws. */
  readonly ended: Promise<void>;
};

/** The mirror's head comes every 2 s: after a silence it is looked whether the bucket is still the one that is watched. */
const SILENCE_MS = 3_000;
/** Silences after which the subscription itself is taken for dead. Each new one leaves something with the server for minutes. */
const SILENCES = 20;
const AGE_EVERY_MS = 1_000;

/**
 * Follows the status of all accounts: the current values first, then each change. Entries come before the head that speaks
 * for them, so a view whose head is at position P has taken every account event up to P. A server that is away and a bucket that is
 * not there yet, or is made anew, are waited for; meanwhile the age grows.
 *
 * @example
 * const watch = watchStatus({ nc, signal, onEntry: (entry) => obey(entry) });
 * if (watch.age().behind) refuse();
 */
export function watchStatus(options: WatchOptions): StatusWatch {
  const { onAge, staleAfterMs = 10_000 } = options;
  let head: StatusHead | undefined;
  const age = () => viewAge(head, Date.now(), staleAfterMs);
  const tell = () => onAge?.(age());
  const ticking = setInterval(tell, AGE_EVERY_MS);
  const onHead = (seen: StatusHead) => {
    head = seen;
    tell();
  };
  const ended = watchForEver(options, onHead).finally(() => clearInterval(ticking));
  return { age, ended };
}

/** How far a watch came in which bucket. */
type Place = { created: string; revision: number };

async function watchForEver(options: WatchOptions, onHead: (head: StatusHead) => void): Promise<void> {
  const { nc, signal, log } = options;
  const place: Place = { created: '', revision: 0 };
  for (let failures = 0; !signal.aborted && !nc.isClosed(); ) {
    const entries = await open(nc, place).catch((error: unknown) => {
      log?.warn({ error: nameOf(error) }, 'the status bucket cannot be watched, trying again');
      return undefined;
    });
    if (entries) {
      failures = 0;
      await read(entries, place, options, onHead);
    }
    if (!signal.aborted) await pause(backoffMs(++failures), signal);
  }
}

const createdAt = async (nc: NatsConnection): Promise<string> =>
  (await (await manager(nc)).streams.info(STATUS_STREAM)).created;

/** Goes on behind the last revision that was seen; in a bucket that was made anew revisions begin again. */
async function open(nc: NatsConnection, place: Place) {
  const created = await createdAt(nc);
  if (created !== place.created) Object.assign(place, { created, revision: 0 });
  const kv = await new Kvm(jetstream(nc, { timeout: API_TIMEOUT_MS })).open(STATUS_BUCKET);
  return await kv.watch(place.revision > 0 ? { resumeFromRevision: place.revision + 1 } : {});
}

/** Ends when another bucket stands there, at a long silence, at a reconnect and with the signal. */
async function read(
  entries: Awaited<ReturnType<typeof open>>,
  place: Place,
  options: WatchOptions,
  onHead: (head: StatusHead) => void,
): Promise<void> {
  const { nc, signal } = options;
  const stop = () => entries.stop();
  let silences = 0;
  const listening = setInterval(() => {
    if (++silences % SILENCES === 0) stop();
    else if (silences > 1) createdAt(nc).then((created) => created !== place.created && stop(), ignore);
  }, SILENCE_MS);
  const statuses = nc.status() as AsyncIterable<{ type: string }> & { stop?(): void };
  void (async () => {
    for await (const { type } of statuses) if (type === 'reconnect') stop();
  })();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const entry of entries) {
      silences = 0;
      if (signal.aborted) return;
      await take(entry, options, onHead);
      place.revision = entry.revision;
    }
  } finally {
    clearInterval(listening);
    signal.removeEventListener('abort', stop);
    statuses.stop?.();
    stop();
  }
}

const ignore = (): void => {};

async function take(
  { key, value, operation }: KvWatchEntry,
  { onEntry, onGone, log }: WatchOptions,
  onHead: (head: StatusHead) => void,
): Promise<void> {
  if (key === HEAD_KEY) {
    const head = StatusHead.safeParse(parseJson(value));
    if (head.success) onHead(head.data);
    return;
  }
  if (operation !== 'PUT') {
    onGone?.(key);
    return;
  }
  const entry = entryUnder(key).safeParse(parseJson(value));
  if (entry.success) await onEntry(entry.data);
  else log?.warn('a key of the status bucket holds no status of an account');
}
