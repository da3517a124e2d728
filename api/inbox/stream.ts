import { setTimeout as delay } from 'node:timers/promises';
import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxChange } from '../../schemas/inbox.ts';
import type { LogBell } from '../../store/inbox/bell.ts';
import { watchInbox } from '../../store/inbox/watch.ts';
import type { Api } from '../context.ts';
import { isOutage } from '../outage.ts';
import { framesOf, opening } from './frames.ts';

/** How long to wait before PostgreSQL is asked again that did not answer. */
const AGAIN_MS = 1_000;

type Watching = Pick<Api, 'pool' | 'log'> & { readonly bell: LogBell; readonly heartbeatMs: number };

/**
 * What changes in a person's inboxes after a position, as text of an event stream, until the signal is aborted. While PostgreSQL does not
 * answer it stays open and silent but for heartbeats; then it goes on where it was.
 */
export async function* inboxStream(
  api: Watching,
  person: Onlooker,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  yield opening(from);
  try {
    yield* framesOf(persistent(api, person, from, signal), api.heartbeatMs);
  } catch (err) {
    if (!signal.aborted) api.log.error({ err }, 'a stream of an inbox ended');
  }
}

async function* persistent(
  { pool, bell, log }: Watching,
  person: Onlooker,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<InboxChange, void> {
  let position = from;
  for (;;) {
    try {
      for await (const change of watchInbox(pool, bell, person, position, signal)) {
        yield change;
        position = change.position;
      }
    } catch (err) {
      if (signal.aborted || !isOutage(err)) throw err;
      log.warn({ err }, 'a stream of an inbox waits for PostgreSQL');
      await delay(AGAIN_MS, undefined, { signal });
    }
  }
}
