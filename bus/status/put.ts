import type { AccountStatusEntry } from '../../schemas/account-status.ts';
import { backoffMs, pause } from '../wait.ts';
import { type Held, putAt, readEntry } from './bucket.ts';
import { MirrorDisagreement } from './disagreement.ts';
import type { MirrorOptions } from './options.ts';

type Putting = Pick<MirrorOptions, 'nc' | 'log' | 'logger' | 'signal' | 'failpoint'>;
type Pair = { readonly entry: AccountStatusEntry; readonly held: Held<AccountStatusEntry> };
type Written = { readonly revision: number | undefined } | { readonly error: unknown };

/**
 * Puts entries where the bucket holds none, an older one, or another text of the same position. What is newer there stays
 * when the log has it, whoever wrote it: each put names the revision that was compared with.
 *
 * @returns how many were put
 * @throws MirrorDisagreement when the bucket holds what the log has not come to
 */
export async function putEntries(entries: readonly AccountStatusEntry[], options: Putting): Promise<number> {
  const { nc, signal } = options;
  let left = entries;
  let count = 0;
  for (let attempt = 1; left.length > 0 && !signal.aborted; attempt++) {
    const pairs = await Promise.all(
      left.map(async (entry) => ({ entry, held: await readEntry(nc, entry.number) })),
    );
    const due = [...pairs.filter(isDue), ...(await impossible(pairs, options))];
    const lost = await putEach(due, options);
    count += due.length - lost.length;
    left = lost;
    if (lost.length > 0) await pause(backoffMs(attempt, 500), signal);
  }
  return count;
}

function isDue({ entry, held: { value, text } }: Pair): boolean {
  if (!value || value.position < entry.position) return true;
  return value.position === entry.position && text !== JSON.stringify(entry);
}

async function putEach(
  due: readonly Pair[],
  { nc, signal, failpoint }: Putting,
): Promise<AccountStatusEntry[]> {
  const sent: Promise<Written>[] = [];
  for (const { entry, held } of due) {
    if (sent.length > 0 && failpoint) await failpoint('mirror.mid-batch');
    if (signal.aborted) break;
    sent.push(
      putAt(nc, entry.number, entry, held.revision).then(
        (revision) => ({ revision }),
        (error: unknown) => ({ error }),
      ),
    );
  }
  const written = await Promise.all(sent);
  return due.flatMap(({ entry }, i) => {
    const one = written[i];
    if (one && 'error' in one) throw one.error;
    return one?.revision === undefined ? [entry] : [];
  });
}

/**
 * What is newer in the bucket than what was read of the log is so because another writer read it later; then a second look at
 * the log finds it too. What it does not find nobody read there: the log wins.
 */
async function impossible(pairs: readonly Pair[], { log, logger }: Putting): Promise<Pair[]> {
  const newer = pairs.filter(({ entry, held }) => (held.value?.position ?? 0) > entry.position);
  if (newer.length === 0) return [];
  const furthest = Math.max(...newer.map(({ held }) => held.value?.position ?? 0));
  if (furthest > (await log.head())) throw new MirrorDisagreement(furthest);
  const now = await log.entriesOf(newer.map(({ entry }) => `account-${entry.number}`));
  return newer.flatMap(({ held }) => {
    const entry = now.find(({ number }) => number === held.value?.number);
    if (!entry || entry.position >= (held.value?.position ?? 0)) return [];
    logger.error({ position: held.value?.position }, 'the status bucket held what the log never said');
    return [{ entry, held }];
  });
}
