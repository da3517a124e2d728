import { type Answer, contentOf } from '../bus/answer.ts';
import type { JournalEntry } from '../bus/gateway.ts';
import type { AnswerDisposition } from '../schemas/registry.ts';
import { journalAnswer } from '../store/journal.ts';
import type { Queryable } from '../store/pool.ts';
import { noteSettled, noteUnavailable } from '../store/questions.ts';

/** Writes what the gateway made of an answer, and notes it with the question. A late one may be a duplicate, or a contradiction. */
export const journalInto =
  (db: Queryable) =>
  async (entry: JournalEntry): Promise<AnswerDisposition> => {
    const disposition = entry.disposition === 'LATE' ? await lateAs(db, entry) : entry.disposition;
    await journalAnswer(db, { ...entry, disposition });
    await noteWithQuestion(db, { ...entry, disposition });
    return disposition;
  };

type Taken = {
  readonly answer_id: string;
  readonly disposition: AnswerDisposition;
  readonly payload: Answer | null;
};

/** What a late answer is beside those to its question that were taken. */
async function lateAs(db: Queryable, { party, answerId, questionId, payload }: JournalEntry) {
  const { rows } = await db.query<Taken>({
    name: 'journal-taken',
    text: `select answer_id, disposition, payload from orgeid.registry_answers
      where question_id = $1 and party = $2 and disposition in ('TAKEN', 'UNAVAILABLE') order by id`,
    values: [questionId ?? null, party ?? null],
  });
  const taken = rows.find(({ disposition }) => disposition === 'TAKEN')?.payload;
  const final = payload && payload.outcome !== 'UNAVAILABLE' ? payload : undefined;
  if (taken && final && contentOf(taken) !== contentOf(final)) return 'CONTRADICTS';
  return rows.some(({ answer_id }) => answer_id === answerId) ? 'DUPLICATE' : 'LATE';
}

/** For people to see: the case does not depend on it. */
async function noteWithQuestion(db: Queryable, entry: JournalEntry): Promise<void> {
  const { disposition, questionId, payload, receivedAt } = entry;
  if (questionId === undefined) return;
  if (disposition === 'TAKEN') await noteSettled(db, questionId, receivedAt);
  if (disposition === 'UNAVAILABLE' && payload?.outcome === 'UNAVAILABLE') {
    const { cause = 'BUSY', detail, retryAfterMs } = payload;
    const after = retryAfterMs === undefined ? {} : { retryAfterMs };
    await noteUnavailable(db, questionId, receivedAt, { cause, detail, ...after });
  }
}
