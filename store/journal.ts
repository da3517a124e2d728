import type { AnswerDisposition, Party } from '../schemas/registry.ts';
import { fingerprint, payloadOf, storable } from './incoming.ts';
import type { Queryable } from './pool.ts';

/** An incoming answer and what was made of it. Ids and party are absent when they could not be read. */
export type JournalEntry = {
  readonly answerId?: string;
  readonly questionId?: string;
  readonly party?: Party;
  readonly disposition: AnswerDisposition;
  /** When the transport took the message, the same at each delivery; ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly detail?: string;
  /** Absent when malformed. */
  readonly payload?: unknown;
  readonly raw: string | Uint8Array;
};

/**
 * Adds an entry to the append-only journal of answers. The same message with the same disposition is one entry,
 * so a redelivery may journal again; the same answer sent again is an entry of its own.
 *
 * @returns whether the entry is new
 */
export async function journalAnswer(db: Queryable, entry: JournalEntry): Promise<boolean> {
  const bytes = typeof entry.raw === 'string' ? Buffer.from(entry.raw, 'utf8') : Buffer.from(entry.raw);
  const { rowCount } = await db.query({
    name: 'journal',
    text: `insert into orgeid.registry_answers
        (answer_id, question_id, party, disposition, received_at, detail, payload, raw, raw_sha256)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    values: [
      storable(entry.answerId),
      storable(entry.questionId),
      storable(entry.party),
      entry.disposition,
      entry.receivedAt,
      storable(entry.detail),
      payloadOf(entry.payload),
      storable(bytes.toString('utf8')),
      fingerprint(bytes),
    ],
  });
  return rowCount === 1;
}
