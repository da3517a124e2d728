import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../../domain/error.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import { type InboxItem, InboxPage } from '../../schemas/inbox.ts';
import type { Http } from './client.ts';

const AGAIN_MS = 500;

const stale: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'EID_ERR_TASK_CLOSED',
  'EID_ERR_TASK_HELD',
  'EID_ERR_TASK_UNKNOWN',
  'EID_ERR_OUT_OF_PLACE',
  'EID_ERR_CASE_CLOSED',
]);

/** Refusals that only say that the inbox was read a moment too early. */
export const isStale = (code: ErrorCode): boolean => stale.has(code);

/** What the people of somebody's unit may act on, the most urgent first. */
export async function unitInbox(http: Http, person: string): Promise<readonly InboxItem[]> {
  const { items } = await http.get(person, '/inbox?view=unit&limit=100', InboxPage);
  return items;
}

/** Rings whenever something changes in somebody's inboxes, until the signal is aborted. */
export async function listen(
  http: Http,
  person: string,
  signal: AbortSignal,
  ring: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const line of await http.follow(person, '/inbox/events', signal))
        if (line === 'event: inbox') ring();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof DomainError && error.code !== 'EID_ERR_UNAVAILABLE') throw error;
    }
    ring(); // what changed while nobody listened
    await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
