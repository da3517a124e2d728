import { z } from 'zod';
import { CaseType, EventActor, Wait } from '../case.ts';
import { Instant, StreamId, UnitCode, words } from '../codes.ts';
import { SearchHit } from '../inbox.ts';
import { after, flag, listOf, whole } from './query.ts';

/** The cases that name the caller; `closed`: only those that are, or are not. */
export const OwnCasesParameters = z.strictObject({
  closed: flag.optional(),
  limit: whole(1, 100).default(50).describe('50 when not given'),
  after: after.optional(),
});
export type OwnCasesParameters = z.infer<typeof OwnCasesParameters>;

export const CaseItem = z.strictObject({
  stream: StreamId,
  caseType: CaseType,
  version: z.int().positive(),
  status: z.string(),
  title: z.string(),
  unit: UnitCode.optional(),
  closed: z.boolean(),
  overdue: z.boolean(),
  dueAt: Instant.optional(),
  openedAt: Instant,
  waits: z.array(Wait),
});
export type CaseItem = z.infer<typeof CaseItem>;

/** The newest first. A page may be shorter than asked for and still have a `next`. */
export const CasePage = z.strictObject({ items: z.array(CaseItem), next: after.optional() });
export type CasePage = z.infer<typeof CasePage>;

/** `after`: the version of the case that the caller knows already. */
export const CaseEventsParameters = z.strictObject({
  after: whole(0, 999_999_999).default(0),
  limit: whole(1, 200).default(100).describe('100 when not given'),
});
export type CaseEventsParameters = z.infer<typeof CaseEventsParameters>;

/** An event as the caller may see it. What is not shown of a person is `***`. */
export const CaseEvent = z.strictObject({
  version: z.int().positive(),
  type: z.string(),
  at: Instant,
  by: EventActor,
  data: z.record(z.string(), z.unknown()),
});
export type CaseEvent = z.infer<typeof CaseEvent>;

/**
 * In the order of versions, some of which are not for every reader. `next`: the version to go on after, when more may follow; a page
 * may be shorter than asked for, and still have one.
 */
export const CaseEventPage = z.strictObject({
  items: z.array(CaseEvent),
  next: z.int().positive().optional(),
});
export type CaseEventPage = z.infer<typeof CaseEventPage>;

export const SearchParameters = z.strictObject({
  /** Words of a name, the last of which may be unfinished; or the beginning of a code, a number or a case's name. */
  text: words(200).refine((text) => !text.includes('\u0000'), 'NUL'),
  /** Repeated, or with commas between. */
  types: listOf(CaseType, CaseType.options.length).optional(),
  limit: whole(1, 100).default(20).describe('20 when not given'),
  after: after.optional(),
});
export type SearchParameters = z.infer<typeof SearchParameters>;

export const SearchAnswer = z.strictObject({ items: z.array(SearchHit), next: after.optional() });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
