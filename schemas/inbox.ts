import { z } from 'zod';
import { CaseType } from './case.ts';
import { Instant, UnitCode, words } from './codes.ts';
import { Task, TaskKind } from './task.ts';

/**
 * Whose work an inbox shows: what the caller holds; what the people of the caller's unit may act on; the work of the units
 * below it, for whoever heads it.
 */
export const InboxView = z.enum(['mine', 'unit', 'below']);
export type InboxView = z.infer<typeof InboxView>;

const cursor = z.string().min(1).max(2000);

/** What narrows an inbox down. */
export const InboxFilters = z.strictObject({
  kinds: z.array(TaskKind).min(1).optional(),
  overdue: z.boolean().optional(),
  /** Only tasks due before this instant. */
  dueBefore: Instant.optional(),
  /** Only tasks opened before this instant. */
  openedBefore: Instant.optional(),
  /** True: held by nobody; false: held by somebody. */
  free: z.boolean().optional(),
});
export type InboxFilters = z.infer<typeof InboxFilters>;

export const InboxQuery = z.strictObject({
  ...InboxFilters.shape,
  view: InboxView,
  limit: z.int().min(1).max(200),
  /** `next` of the page before. */
  after: cursor.optional(),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

export const InboxItem = z.strictObject({
  stream: z.string(),
  caseType: CaseType,
  caseVersion: z.int().positive(),
  caseStatus: z.string(),
  title: z.string(),
  task: Task,
});
export type InboxItem = z.infer<typeof InboxItem>;

/**
 * `next` is there when more may follow; a page that is filtered by age may be shorter than asked for, and still have one.
 * `position`: the log's when the page was read, to follow changes from.
 */
export const InboxPage = z.strictObject({
  items: z.array(InboxItem),
  next: cursor.optional(),
  position: z.int().nonnegative(),
});
export type InboxPage = z.infer<typeof InboxPage>;

const tally = {
  total: z.int().nonnegative(),
  free: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
  /** Due before the instant that was asked for, and not overdue. */
  dueSoon: z.int().nonnegative(),
};

/** How much of what an inbox shows, in all and by kind of task; kinds without a task are left out. */
export const InboxCounts = z.strictObject({
  ...tally,
  kinds: z.array(z.strictObject({ kind: TaskKind, ...tally })),
});
export type InboxCounts = z.infer<typeof InboxCounts>;

/** A task that a person may claim now. An offer binds nobody: until it ends colleagues who ask are sent to other tasks. */
export const TaskOffer = z.strictObject({
  stream: z.string(),
  caseVersion: z.int().positive(),
  task: Task,
  until: Instant,
});
export type TaskOffer = z.infer<typeof TaskOffer>;

/** What one append did to tasks that a person may see. `views`: where each stands now; none when it has ended. */
export const InboxChange = z.strictObject({
  position: z.int().positive(),
  tasks: z.array(z.strictObject({ stream: z.string(), task: Task, views: z.array(InboxView) })),
});
export type InboxChange = z.infer<typeof InboxChange>;

export const SearchQuery = z.strictObject({
  /** Words of a name, the last of which may be unfinished; or the beginning of a code, a number or a case's name. */
  text: words(200),
  types: z.array(CaseType).min(1).optional(),
  limit: z.int().min(1).max(100),
  after: cursor.optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Why a case was found, the best first: a code begins so; the name begins so; the words occur. */
export const SearchRank = z.enum(['CODE', 'NAME', 'WORDS']);
export type SearchRank = z.infer<typeof SearchRank>;

export const SearchHit = z.strictObject({
  stream: z.string(),
  caseType: CaseType,
  caseVersion: z.int().positive(),
  status: z.string(),
  title: z.string(),
  unit: UnitCode.optional(),
  closed: z.boolean(),
  rank: SearchRank,
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchPage = z.strictObject({ hits: z.array(SearchHit), next: cursor.optional() });
export type SearchPage = z.infer<typeof SearchPage>;
