import type { StatusHead } from '../../schemas/account-status.ts';

/** How old a view of the status bucket is. */
export type ViewAge = {
  /** Since the mirror last said that it had come up to the log, in ms by this machine's clock; undefined before it did. */
  readonly ageMs: number | undefined;
  /** Log position up to which the view holds every account event. */
  readonly position: number | undefined;
  /** No head was seen yet, or the last one is older than the limit: a lock may exist that this view does not show. */
  readonly behind: boolean;
};

/** The age that a head gives a view. `now` is epoch ms; a clock that is behind the mirror's makes the age 0, never less. */
export function viewAge(head: StatusHead | undefined, now: number, staleAfterMs: number): ViewAge {
  if (!head) return { ageMs: undefined, position: undefined, behind: true };
  const ageMs = Math.max(0, now - Date.parse(head.at));
  return { ageMs, position: head.position, behind: ageMs > staleAfterMs };
}
