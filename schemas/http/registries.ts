import { z } from 'zod';
import { Instant, StreamId } from '../codes.ts';
import { AnswerDisposition, Party, QuestionId, Registry, UnavailableCause } from '../registry.ts';
import { after, whole } from './query.ts';

const count = z.int().nonnegative();

/** How a registry does; times and numbers are of the last 24 hours where nothing else is said. */
export const RegistryHealthItem = z.strictObject({
  registry: Registry,
  /** Since when its adapter has no valid key: what it sends is not believed. */
  revokedAt: Instant.optional(),
  /** Requests that wait for it now: its answer is asked for, a person waits for it, a person has to decide. */
  open: z.strictObject({ asked: count, waiting: count, silent: count }),
  oldestSince: Instant.optional(),
  lastAnswerAt: Instant.optional(),
  /** Messages that came, by what was made of them. */
  answers: z.partialRecord(AnswerDisposition, count),
  refused: count,
  /** Questions whose last attempt got no answer in its time. */
  unanswered: count,
  failureRate: z.number().min(0).max(1),
  /** From the first attempt to the answer, ms. */
  answerMs: z.strictObject({ p50: count, p95: count }).optional(),
});
export type RegistryHealthItem = z.infer<typeof RegistryHealthItem>;

export const RegistryHealthList = z.strictObject({ items: z.array(RegistryHealthItem) });
export type RegistryHealthList = z.infer<typeof RegistryHealthList>;

export const QuestionsParameters = z.strictObject({
  limit: whole(1, 200).default(50).describe('50 when not given'),
  after: after.optional(),
});
export type QuestionsParameters = z.infer<typeof QuestionsParameters>;

/** A question for which a request waits. */
export const QuestionItem = z.strictObject({
  questionId: QuestionId,
  stream: StreamId,
  title: z.string(),
  registry: Registry,
  /** `ASKED`: attempts go on. `WAITING`: a person chose to wait. `SILENT`: a person has to decide. */
  status: z.enum(['ASKED', 'WAITING', 'SILENT']),
  askedAt: Instant,
  ageSeconds: count,
  attempt: count,
  attempts: count.optional(),
  /** When the present attempt is given up, and when the next one is put. */
  answerBy: Instant.optional(),
  nextTryAt: Instant.optional(),
  waitUntil: Instant.optional(),
  /** What the registry said last when it asked to be asked again. */
  unavailable: z.strictObject({ cause: UnavailableCause, detail: z.string(), at: Instant }).optional(),
  /** Whose turn it is. */
  owner: z.string(),
});
export type QuestionItem = z.infer<typeof QuestionItem>;

/** The oldest first. */
export const QuestionPage = z.strictObject({ items: z.array(QuestionItem), next: after.optional() });
export type QuestionPage = z.infer<typeof QuestionPage>;

/** What came in about the questions of a request, and what was made of it; in the order of coming, 500 at most. */
export const JournaledAnswers = z.strictObject({
  items: z.array(
    z.strictObject({
      questionId: z.string(),
      party: Party,
      disposition: AnswerDisposition,
      receivedAt: Instant,
      detail: z.string().optional(),
    }),
  ),
});
export type JournaledAnswers = z.infer<typeof JournaledAnswers>;
