import { z } from 'zod';
import { BodyAnswer, BodyQuestionKind, BodyRefusal } from '../../schemas/body.ts';

/** What the system of a body knows of an organisation, by code or tax code: an answer for each kind of question, or why it gives none. */
export const BodyRecords = z.strictObject({
  records: z.array(
    z.strictObject({
      keys: z.array(z.string().min(1)).min(1),
      answers: z.partialRecord(BodyQuestionKind, BodyAnswer.omit({ question: true })).default({}),
      refusal: BodyRefusal.optional(),
    }),
  ),
  /** What is said of an organisation that is in no record. */
  otherwise: BodyAnswer.omit({ question: true }).default({ result: 'NO_DATA' }),
});
export type BodyRecords = z.infer<typeof BodyRecords>;
