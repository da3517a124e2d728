import type { Archive } from '../../audit/replay/questions.ts';
import type { Reader } from '../../audit/replay/shown.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { type Asked, recordedRead } from './recorded.ts';

/**
 * Answers a question about a case for an auditor; that it was asked is in the access history before the answer is handed over.
 * @throws DomainError as recordedRead
 */
export const ask = <T>(
  stream: string,
  options: AuditorOptions,
  question: NonNullable<Asked['question']>,
  answer: (archive: Archive, reader: Reader) => Promise<T>,
): Promise<T> =>
  asAuditor((db) =>
    recordedRead(db, options, { stream, question }, 'AUDIT', (reader) =>
      answer({ db, now: Date.now() }, reader),
    ),
  );
