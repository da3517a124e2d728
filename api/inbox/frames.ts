import { setTimeout as delay } from 'node:timers/promises';
import type { InboxChange } from '../../schemas/inbox.ts';

/** How long a client waits before it comes back, ms. */
const RETRY_MS = 2_000;

/** The first thing sent: the client knows from here on where it is, even when nothing ever happens. */
export const opening = (position: number): string => `retry: ${RETRY_MS}\nid: ${position}\n\n`;

/** A comment, which clients pass over; it shows either side that the other is there. */
const HEARTBEAT = ':\n\n';

/** One change; without tasks it only moves the position, and no event is raised. JSON has no line breaks. */
const frameOf = (change: InboxChange): string =>
  change.tasks.length === 0
    ? `id: ${change.position}\n\n`
    : `id: ${change.position}\nevent: inbox\ndata: ${JSON.stringify(change)}\n\n`;

/**
 * Changes as text of an event stream (WHATWG HTML, 9.2), with a heartbeat when there is nothing for so long. The next change is asked for
 * when the one before was taken, so that a slow reader is waited for.
 */
export async function* framesOf(
  changes: AsyncIterator<InboxChange, unknown>,
  heartbeatMs: number,
): AsyncGenerator<string, void> {
  let next = changes.next();
  for (;;) {
    const timer = new AbortController();
    const quiet = delay(heartbeatMs, undefined, { signal: timer.signal }).catch(() => undefined);
    const got = await Promise.race([next, quiet]).finally(() => timer.abort());
    if (got?.done) return;
    yield got ? frameOf(got.value) : HEARTBEAT;
    if (got) next = changes.next();
  }
}
