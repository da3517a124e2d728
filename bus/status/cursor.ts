import type { StatusHead } from '../../schemas/account-status.ts';
import { ensureStatusBucket, HEAD_KEY, putAt, readHeadEntry } from './bucket.ts';
import { MirrorDisagreement } from './disagreement.ts';
import type { MirrorOptions } from './options.ts';
import { putEntries } from './put.ts';

/** Where the bucket stands: everything up to `position` is in it; `revision` is that of its head. */
export type Cursor = {
  readonly position: number;
  readonly revision: number;
  /** When the bucket was created. */
  readonly created: string;
  /** It had no head, and every account was put into it. */
  readonly rebuilt: boolean;
};

/**
 * Makes sure that there is a bucket with a head; without one, puts every account into it first.
 * @returns undefined when another writer came in between or the signal was aborted
 * @throws BucketAway, MirrorDisagreement, and what the log throws
 */
export async function agreeWithBucket(options: MirrorOptions): Promise<Cursor | undefined> {
  const { nc, log, logger, signal, replicas = 1 } = options;
  const created = await ensureStatusBucket(nc, replicas);
  const head = await readHeadEntry(nc);
  const reached = await log.head();
  if (head.value) {
    const { position } = head.value;
    if (position > reached) throw new MirrorDisagreement(position);
    return { position, revision: head.revision, created, rebuilt: false };
  }
  logger.warn({ position: reached }, 'the status bucket has no head; it is filled from the log');
  await putAll(options);
  if (signal.aborted) return undefined;
  const revision = await putHead(options, reached, head.revision);
  return revision === undefined ? undefined : { position: reached, revision, created, rebuilt: true };
}

/** Compares every account with the bucket and puts what is missing or older there. @returns how many were put */
export async function putAll(options: MirrorOptions): Promise<number> {
  let count = 0;
  for await (const page of options.log.pages()) {
    if (options.signal.aborted) break;
    count += await putEntries(page, options);
  }
  return count;
}

/** Says how far the bucket has come. @returns undefined when another writer said so first */
export function putHead(
  { nc }: Pick<MirrorOptions, 'nc'>,
  position: number,
  revision: number,
): Promise<number | undefined> {
  const head: StatusHead = { schema: 'account-status-head/1', position, at: new Date().toISOString() };
  return putAt(nc, HEAD_KEY, head, revision);
}
