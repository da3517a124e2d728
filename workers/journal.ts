import type { JournalEntry } from '../bus/gateway.ts';
import { journalAnswer } from '../store/journal.ts';
import type { Queryable } from '../store/pool.ts';

/** Writes what the gateway made of an answer; a late one that was taken before is a duplicate. */
export const journalInto = (db: Queryable) => async (entry: JournalEntry) => {
  if (entry.disposition === 'LATE' && entry.answerId !== undefined) {
    const { rowCount } = await db.query({
      name: 'journal-taken',
      text: `select 1 from orgeid.registry_answers
        where answer_id = $1 and party = $2 and disposition in ('TAKEN', 'UNAVAILABLE') limit 1`,
      values: [entry.answerId, entry.party ?? null],
    });
    if (rowCount === 1) return { duplicate: true };
  }
  await journalAnswer(db, entry);
  return { duplicate: false };
};
