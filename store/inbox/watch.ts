import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxChange } from '../../schemas/inbox.ts';
import type { Queryable } from '../pool.ts';
import type { LogBell } from './bell.ts';
import { changesSince } from './changes.ts';

/** After so many positions without anything for the watcher a mark is sent, so that resuming need not look at them again. */
const MARK_EVERY = 1_000;

/**
 * Follows what changes for a person after a position of the log: for each append that touched tasks of theirs one change with all of
 * these, in order and without end. Whoever resumes from the position of the last change received misses nothing; changes that
 * followed one another unread come as one, the latest. A change without tasks only says that nothing happened up to its position.
 *
 * @throws the signal's reason once it is aborted
 */
export async function* watchInbox(
  db: Queryable,
  bell: LogBell,
  person: Onlooker,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<InboxChange, never> {
  let position = from;
  let told = from;
  while (true) {
    signal.throwIfAborted();
    const { changes, upTo, more } = await changesSince(db, person, position);
    for (const change of changes) {
      yield change;
      told = change.position;
    }
    position = upTo;
    if (position - told >= MARK_EVERY) {
      yield { position, tasks: [] };
      told = position;
    }
    if (!more) await bell.after(position, signal);
  }
}
