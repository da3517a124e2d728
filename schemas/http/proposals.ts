import { z } from 'zod';
import { Instant, StreamId, UnitCode } from '../codes.ts';
import { Channel, Reason } from '../enums.ts';
import { Route } from '../policy.ts';
import { Consent } from '../registration.ts';
import { Task } from '../task.ts';
import { Problem } from './problem.ts';
import { after, whole } from './query.ts';

/** How many items one call may have. */
export const MOST_ITEMS = 500;

/** Name of a proposal list, as it stands in an address: no control characters, and no dot at its beginning, which means something there. */
export const ListName = z
  .string()
  .min(1)
  .max(100)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: which are left out, in words that other languages read as well
  .regex(/^[^.\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$/, 'a name on one line');
export type ListName = z.infer<typeof ListName>;

const paging = { after: after.optional() };

export const ProposalListsParameters = z.strictObject({
  limit: whole(1, 200).default(50).describe('50 when not given'),
  ...paging,
});
export type ProposalListsParameters = z.infer<typeof ProposalListsParameters>;

export const ProposalsParameters = z.strictObject({
  limit: whole(1, MOST_ITEMS).default(100).describe('100 when not given'),
  ...paging,
});
export type ProposalsParameters = z.infer<typeof ProposalsParameters>;

/** A list that waits for the Director: how many requests, how many of them overdue, since when, and when the first of them is due. */
export const ProposalList = z.strictObject({
  list: z.string(),
  waiting: z.int().positive(),
  overdue: z.int().nonnegative(),
  since: Instant,
  dueAt: Instant.optional(),
});
export type ProposalList = z.infer<typeof ProposalList>;

export const ProposalListPage = z.strictObject({ items: z.array(ProposalList), next: after.optional() });
export type ProposalListPage = z.infer<typeof ProposalListPage>;

/** A request on a list, with what the decision rests on. Everything else is in the case. */
export const ProposalItem = z.strictObject({
  stream: StreamId,
  /** Of the case: `ifVersion` of the decision. */
  version: z.int().positive(),
  status: z.string(),
  title: z.string(),
  task: Task,
  organisation: z.strictObject({
    code: z.string().optional(),
    taxCode: z.string().optional(),
    headOffice: z.string().optional(),
    establishedOn: z.string().optional(),
    representative: z.string().optional(),
  }),
  channel: Channel.optional(),
  acceptedAt: Instant.optional(),
  overdue: z.boolean(),
  route: Route.optional(),
  verificationUnit: UnitCode.optional(),
  /** What each registry answered; one without an outcome was gone without. */
  checks: z.array(
    z.strictObject({ registry: z.string(), status: z.string(), outcome: z.string().optional() }),
  ),
  findings: z
    .strictObject({ result: z.enum(['PASS', 'FAIL']), confirmed: z.boolean(), reasons: z.array(Reason) })
    .optional(),
  consents: z.array(Consent.pick({ name: true, status: true })),
});
export type ProposalItem = z.infer<typeof ProposalItem>;

export const ProposalPage = z.strictObject({ items: z.array(ProposalItem), next: after.optional() });
export type ProposalPage = z.infer<typeof ProposalPage>;

const item = {
  stream: z
    .string()
    .max(120)
    .regex(/^registration-[A-Za-z0-9][A-Za-z0-9_-]*$/),
  taskId: z.string().regex(/^[A-Za-z0-9-]{1,120}$/),
  /** The version of the case that it was decided on; refused when the case has changed since. */
  ifVersion: z.int().min(1).max(999_999_999).optional(),
};
const note = z.string().max(2000).optional();

const eachOnce = (items: readonly { readonly stream: string; readonly taskId: string }[]): boolean =>
  new Set(items.map(({ stream, taskId }) => `${stream} ${taskId}`)).size === items.length;
const many = <Item extends z.ZodType<{ readonly stream: string; readonly taskId: string }>>(one: Item) =>
  z.array(one).min(1).max(MOST_ITEMS).refine(eachOnce, 'a task stands here twice').describe('each task once');

/** What is decided of all items, but of those that say otherwise: an item with a decision of its own has reasons and note of its own, too. */
export const ManyDecisions = z.strictObject({
  decision: z.enum(['APPROVE', 'REFUSE', 'SEND_BACK']),
  reasons: z.array(Reason).max(20).default([]),
  note,
  items: many(
    z.strictObject({
      ...item,
      decision: z.enum(['APPROVE', 'REFUSE', 'SEND_BACK']).optional(),
      reasons: z.array(Reason).max(20).optional(),
      note,
    }),
  ),
});
export type ManyDecisions = z.infer<typeof ManyDecisions>;

export const ManyProposals = z.strictObject({ note, items: many(z.strictObject({ ...item, note })) });
export type ManyProposals = z.infer<typeof ManyProposals>;

/**
 * What became of one item, each being a command of its own. UNANSWERED: nothing answered in time; whoever sends the list again under the same
 * key, or asks for the command by its id, finds out.
 */
export const ItemResult = z.discriminatedUnion('result', [
  z.strictObject({
    result: z.literal('DONE'),
    stream: StreamId,
    taskId: z.string(),
    commandId: z.string(),
    version: z.int().positive(),
  }),
  z.strictObject({
    result: z.enum(['REFUSED', 'UNANSWERED']),
    stream: StreamId,
    taskId: z.string(),
    commandId: z.string(),
    problem: Problem,
  }),
]);
export type ItemResult = z.infer<typeof ItemResult>;

/** One result for each item, in the order in which they were sent. */
export const ManyResults = z.strictObject({
  done: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  unanswered: z.int().nonnegative(),
  items: z.array(ItemResult),
});
export type ManyResults = z.infer<typeof ManyResults>;
