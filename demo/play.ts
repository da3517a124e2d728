import { desksOf, keepDesk } from './desk.ts';
import type { Entry } from './read-organisations.ts';
import { file, followAccount, followRequest } from './registrant.ts';
import type { Stage } from './stage.ts';

/** Requests that are filed and not decided yet, at most. */
const AT_ONCE = 20;

/** Storylines that take their time begin first. */
const slow = ['activation overdue', 'silent', 'limit passed', 'sent back'];
const rank = ({ path }: Entry): number => {
  const found = slow.findIndex((words) => path.startsWith(words));
  return path === 'duplicate' ? slow.length + 1 : found < 0 ? slow.length : found;
};

/**
 * Plays every entry: registrants file and follow their requests, the offices keep their desks, until all have come to
 * an end, and then what comes afterwards; or until the signal of the stage is aborted. Duplicates come last.
 * @throws whatever a person met that no storyline foresees
 */
export async function play(
  stage: Stage,
  entries: readonly Entry[],
  closing: AbortController,
  afterwards: () => Promise<void>,
): Promise<void> {
  const queue = [...entries].sort((one, other) => rank(one) - rank(other));
  const desks = desksOf(stage.people).map((colleagues) => keepDesk(stage, colleagues));
  const desksGone = Promise.all(desks);
  const accounts: Promise<void>[] = [];
  async function counter(): Promise<void> {
    for (let entry = queue.shift(); entry && !stage.signal.aborted; entry = queue.shift()) {
      const request = await file(stage, entry);
      if (request === undefined) continue;
      const account = await followRequest(stage, entry, request);
      if (account === undefined) continue;
      const followed = followAccount(stage, entry, account);
      followed.catch(() => undefined); // awaited below
      accounts.push(followed);
    }
  }
  const everyone = async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, counter));
    await Promise.all(accounts);
    if (!stage.signal.aborted) await afterwards();
  };
  try {
    await Promise.race([everyone(), desksGone.then(() => undefined), stage.news.done]);
  } finally {
    closing.abort();
    await desksGone.catch(() => undefined);
  }
}
