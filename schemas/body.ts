import { z } from 'zod';
import { Instant, StreamId, UnitCode, words } from './codes.ts';
import { UnitPlace } from './jurisdiction.ts';
import { PersonRef } from './task.ts';

/** A kind of body outside the police that a unit may ask (S31): departments of a province, and the committee of a commune. */
export const AskedBody = z.enum([
  'FINANCE',
  'TAX_AUTHORITY',
  'HOME_AFFAIRS',
  'LICENSING',
  'COMMUNE_COMMITTEE',
]);
export type AskedBody = z.infer<typeof AskedBody>;

/** Where the body is: the code of a commune for its committee, of a province for any other. */
export const BodyPlace = z
  .string()
  .max(60)
  .regex(/^[A-Z0-9][A-Z0-9-]*$/, 'EID_ERR_SHAPE_UNIT_CODE');
export type BodyPlace = z.infer<typeof BodyPlace>;

export const BodyQuestionKind = z.enum(['EXISTENCE', 'REPRESENTATIVE', 'ADDRESS', 'STATUS', 'OTHER']);
export type BodyQuestionKind = z.infer<typeof BodyQuestionKind>;

const QuestionName = z
  .string()
  .max(40)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'EID_ERR_SHAPE');

/** One thing that is asked. `text`: the question in words (needed for `OTHER`); `claimed`: what was declared and is to be compared. */
export const BodyQuestion = z.strictObject({
  id: QuestionName,
  kind: BodyQuestionKind,
  text: words(1000).optional(),
  claimed: words(1000).optional(),
});
export type BodyQuestion = z.infer<typeof BodyQuestion>;
export const BodyQuestions = z.array(BodyQuestion).min(1).max(20);

export const BodyResult = z.enum(['MATCH', 'MISMATCH', 'NO_DATA']);
export type BodyResult = z.infer<typeof BodyResult>;

/** What the body says to one question; `question` is its id. */
export const BodyAnswer = z.strictObject({
  question: QuestionName,
  result: BodyResult,
  note: words(2000).optional(),
});
export type BodyAnswer = z.infer<typeof BodyAnswer>;
export const BodyAnswers = z.array(BodyAnswer).min(1).max(20);

/** How a verification ended. Answered: `MISMATCH` if any answer is, else `NO_DATA` if any is, else `MATCH`. */
export const BodyOutcome = z.enum(['MATCH', 'MISMATCH', 'NO_DATA', 'REFUSED', 'WITHDRAWN']);
export type BodyOutcome = z.infer<typeof BodyOutcome>;

/** Why a body will not answer. */
export const BodyRefusalReason = z.enum(['NOT_COMPETENT', 'NO_LEGAL_BASIS', 'SECRET', 'OTHER']);
export type BodyRefusalReason = z.infer<typeof BodyRefusalReason>;

export const BodyRefusal = z.strictObject({ reason: BodyRefusalReason, text: words(2000) });
export type BodyRefusal = z.infer<typeof BodyRefusal>;

/** What is asked, why, for which police unit and by whom. */
export const BodyAsking = z.strictObject({
  questions: BodyQuestions,
  reason: words(2000),
  legalBasis: words(1000).optional(),
  asker: UnitPlace,
  askedBy: PersonRef,
});
export type BodyAsking = z.infer<typeof BodyAsking>;

/** A question to a body as the asking case keeps it. `office` is the body's unit, `until` is known once the question was sent. */
export const AskedOfBody = z.strictObject({
  verification: StreamId,
  body: AskedBody,
  place: BodyPlace,
  office: z.strictObject({ unit: UnitCode, name: z.string() }),
  /** Absent where a reader is shown only that the body is asked. */
  asking: BodyAsking.optional(),
  status: z.enum(['ASKED', 'SENT', 'ENDED']),
  since: Instant,
  until: Instant.optional(),
  outcome: BodyOutcome.optional(),
  answers: z.array(BodyAnswer),
  refusal: BodyRefusal.optional(),
});
export type AskedOfBody = z.infer<typeof AskedOfBody>;
