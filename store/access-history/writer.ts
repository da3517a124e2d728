import type { Logger } from 'pino';
import { DomainError } from '../../domain/error.ts';
import type { AccessEntry } from '../../schemas/access-history.ts';
import { bodyOf, recordBodies } from '../accessHistory.ts';
import type { Queryable } from '../pool.ts';
import { createPause } from './pause.ts';

export type AccessWriterSettings = {
  readonly pool: Queryable;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** The hash chain that this process writes; the same after a restart (default `api`). Processes of one name take turns. */
  readonly name?: string;
  /** Longest that an entry waits for others before it is written, ms (default 100). */
  readonly flushMs?: number;
  /** Entries in one statement at most (default 500). */
  readonly batch?: number;
  /** Entries held while PostgreSQL does not answer, at most (default 10 000). */
  readonly capacity?: number;
  /** Longest that `written` and `flush` wait, ms (default 5 000). */
  readonly withinMs?: number;
};

/** Writes the access history of a process. What it took it writes, each entry once, however often PostgreSQL fails. */
export type AccessWriter = {
  /**
   * Takes an entry, to be written soon.
   *
   * @throws DomainError `EID_ERR_UNAVAILABLE` when no more can be held, or after `close`: what cannot be recorded is not to be done
   * @throws DomainError `EID_ERR_SHAPE`
   */
  note(entry: AccessEntry): Promise<void>;
  /**
   * Takes an entry and waits until it is on disk.
   *
   * @throws DomainError as `note`; also `EID_ERR_UNAVAILABLE` when it takes too long, and then it is still written later
   */
  written(entry: AccessEntry): Promise<void>;
  /**
   * Waits until all that was taken before is on disk.
   *
   * @throws DomainError `EID_ERR_UNAVAILABLE` when it takes too long
   */
  flush(): Promise<void>;
  /**
   * Takes no more, writes what was taken, and gives up after a time (ms, default 10 000).
   *
   * @returns entries that are not known to be written; each is in the log of the process
   */
  close(withinMs?: number): Promise<readonly AccessEntry[]>;
  /** How many entries wait, and since when (epoch ms) PostgreSQL has not taken any. */
  backlog(): { readonly entries: number; readonly failingSince?: number };
};

type Waiting = { readonly entry: AccessEntry; readonly body: string; readonly done: (() => void)[] };

const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 2_000;

export function createAccessWriter(settings: AccessWriterSettings): AccessWriter {
  const {
    pool,
    log,
    name = 'api',
    flushMs = 100,
    batch = 500,
    capacity = 10_000,
    withinMs = 5_000,
  } = settings;
  const waiting: Waiting[] = [];
  const pause = createPause();
  let hurried = false;
  let writing: Promise<void> | undefined;
  let failingSince: number | undefined;
  let failures = 0;
  let closed = false;
  let givenUp = false;

  function take(entry: AccessEntry): Waiting {
    if (closed || waiting.length >= capacity) throw unavailable(waiting.length);
    const one = { entry, body: bodyOf(entry), done: [] };
    waiting.push(one);
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    if (waiting.length >= batch) hurry();
    return one;
  }

  function hurry(): void {
    hurried = true;
    if (failures === 0 || closed) pause.end();
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0 && !givenUp) {
      if (failures > 0) await pause.lasting(backoffMs(failures));
      else if (!hurried) await pause.lasting(flushMs);
      const some = waiting.slice(0, batch);
      hurried = waiting.length > some.length;
      await recordBodies(
        pool,
        name,
        some.map(({ body }) => body),
      ).then(() => written(some), failed);
    }
  }

  function written(some: readonly Waiting[]): void {
    waiting.splice(0, some.length);
    if (failingSince !== undefined)
      log.info({ waiting: waiting.length }, 'the access history is written again');
    failures = 0;
    failingSince = undefined;
    for (const { done } of some) for (const tell of done) tell();
  }

  function failed(err: unknown): void {
    if (failures === 0)
      log.warn({ err, waiting: waiting.length }, 'the access history cannot be written; it is tried again');
    failures += 1;
    failingSince ??= Date.now();
  }

  function onDisk({ done }: Waiting): Promise<void> {
    hurry();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(unavailable(waiting.length)), withinMs);
      done.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return {
    async note(entry) {
      take(entry);
    },
    written: async (entry) => onDisk(take(entry)),
    async flush() {
      const last = waiting.at(-1);
      if (last) await onDisk(last);
    },
    async close(within = 10_000) {
      closed = true;
      hurry();
      const end = createPause();
      await Promise.race([writing, end.lasting(within)]);
      end.end();
      givenUp = true;
      pause.end();
      const left = waiting.map(({ entry }) => entry);
      for (const entry of left) log.error({ entry }, 'an entry of the access history was not written');
      return left;
    },
    backlog: () => ({ entries: waiting.length, ...(failingSince === undefined ? {} : { failingSince }) }),
  };
}

/** Some at random, so that processes do not come back all at once. */
const backoffMs = (failures: number): number =>
  Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10), LONGEST_BACKOFF_MS) * (0.5 + Math.random() / 2);

const unavailable = (waiting: number): DomainError =>
  new DomainError('EID_ERR_UNAVAILABLE', { what: 'access history', waiting });
