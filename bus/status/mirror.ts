import { nameOf } from '../retry.ts';
import { backoffMs, pause, withDeadline } from '../wait.ts';
import { BucketAway } from './bucket.ts';
import { agreeWithBucket, type Cursor, putHead } from './cursor.ts';
import { type FullChecks, fullChecks } from './full-checks.ts';
import type { MirrorOptions, StatusLog } from './options.ts';
import { putEntries } from './put.ts';

/**
 * Keeps the status bucket as the log has the accounts, until the signal is aborted.
 *
 * The cursor is the bucket's own head, which never goes back; it is written after the entries that it speaks for and again
 * every `headEveryMs`, so whoever sees it knows how old a view is. A bucket without a head (new, purged, deleted) is
 * filled with every account. Two mirrors at once do no harm: every put names the revision that it was compared with. NATS
 * being down is waited for.
 *
 * @throws MirrorDisagreement when the bucket is ahead of the log; whatever the log throws
 */
export async function mirrorStatus(options: MirrorOptions): Promise<void> {
  const { nc, signal, logger } = options;
  const stop = new AbortController();
  const abort = () => stop.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const own = { ...options, signal: stop.signal };
  const checks = fullChecks(own);
  try {
    for (let fruitless = 0, created = ''; !stop.signal.aborted; ) {
      try {
        const cursor = await agreeWithBucket(own);
        if (cursor?.rebuilt) checks.postpone();
        else if (cursor && cursor.created !== created) checks.hasten();
        created = cursor?.created ?? created;
        if (cursor && (await follow(cursor, own, checks)) > cursor.position) fruitless = 0;
      } catch (error) {
        if (!(error instanceof BucketAway) || nc.isClosed()) throw error;
        logger.warn({ error: nameOf(error.cause) }, 'the status bucket is away, trying again');
      }
      await pause(backoffMs(++fruitless, 1_000), stop.signal);
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
    await checks.ended();
  }
}

/** Puts what the log says until another writer moves the head, or the signal is aborted; returns how far it came. */
async function follow(
  { position: from, revision: first }: Cursor,
  options: MirrorOptions,
  checks: FullChecks,
): Promise<number> {
  const { log, signal, onProgress, batch = 256, headEveryMs = 2_000 } = options;
  const news = newsOf(log, signal);
  let position = from;
  let revision = first;
  try {
    for (let headDueAt = 0; !signal.aborted; ) {
      checks.begin();
      const { reached, streams } = await log.touchedAfter(position, batch);
      const left = headDueAt - performance.now();
      if (reached === position && left > 0) {
        await news.wait(position, left);
        continue;
      }
      if (streams.length > 0) await putEntries(await log.entriesOf(streams), options);
      if (signal.aborted) break;
      const next = await putHead(options, reached, revision);
      if (next === undefined) break;
      headDueAt = performance.now() + headEveryMs;
      revision = next;
      position = reached;
      onProgress?.(position);
    }
    return position;
  } finally {
    await news.stop();
  }
}

/** Waits for the log with a time limit, and goes on listening between two waits for the same position. */
function newsOf(log: StatusLog, signal: AbortSignal) {
  const left = new AbortController();
  const abort = () => left.abort();
  signal.addEventListener('abort', abort, { once: true });
  let heard: Promise<void> | undefined;
  let heardOf = -1;

  const listen = async (position: number): Promise<void> => {
    try {
      await log.waitAfter(position, left.signal);
    } catch (error) {
      if (!left.signal.aborted) throw error;
    } finally {
      if (heardOf === position) heard = undefined;
    }
  };
  return {
    async wait(position: number, ms: number): Promise<void> {
      if (!heard || heardOf !== position) {
        heardOf = position;
        heard = listen(position);
        heard.catch(() => {}); // it may fail while nobody waits for it
      }
      const news = heard;
      await withDeadline(signal, Math.ceil(ms), (limited) => Promise.race([news, untilAborted(limited)]));
    },
    async stop(): Promise<void> {
      signal.removeEventListener('abort', abort);
      left.abort();
      await heard?.catch(() => {});
    },
  };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
