import { z } from 'zod';
import { Instant } from '../codes.ts';
import { InboxCounts, InboxFilters, InboxView } from '../inbox.ts';
import { TaskKind } from '../task.ts';
import { IdempotencyKey } from './headers.ts';
import { after, flag, instant, listOf, whole } from './query.ts';

const filters = {
  /** Repeated, or with commas between. */
  kinds: listOf(TaskKind, TaskKind.options.length).optional(),
  overdue: flag.optional(),
  /** True: held by nobody; false: held by somebody. */
  free: flag.optional(),
};

/** An inbox as an address asks for it. What is not named here is refused. */
export const InboxParameters = z.strictObject({
  view: InboxView,
  ...filters,
  dueBefore: instant.optional(),
  openedBefore: instant.optional(),
  limit: whole(1, 200).default(50).describe('50 when not given'),
  after: after.optional(),
});
export type InboxParameters = z.infer<typeof InboxParameters>;

/** `soonBefore`: what is due before is due soon; a day from now when it is not given. */
export const InboxCountsParameters = z.strictObject({
  view: InboxView,
  ...filters,
  soonBefore: instant.optional().describe('what is due before is due soon; 24 hours from now when not given'),
});
export type InboxCountsParameters = z.infer<typeof InboxCountsParameters>;

/** Counts, with the instant that "soon" was counted to. */
export const InboxCountsAnswer = z.strictObject({ ...InboxCounts.shape, soonBefore: Instant });
export type InboxCountsAnswer = z.infer<typeof InboxCountsAnswer>;

/** Which task will do. */
export const NextTask = z.strictObject({
  ...InboxFilters.pick({ kinds: true, overdue: true }).shape,
  dueBefore: instant.optional(),
});
export type NextTask = z.infer<typeof NextTask>;

export const NextTaskHeaders = z.object({ 'idempotency-key': IdempotencyKey });

/** Where to go on: after this position of the log. `Last-Event-ID` counts more, since browsers repeat the address. */
export const InboxEventsParameters = z.strictObject({ after: whole(0, 999_999_999_999_999).optional() });

export const InboxEventsHeaders = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
});
