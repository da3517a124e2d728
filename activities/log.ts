import { ApplicationFailure } from '@temporalio/activity';
import { DomainError } from '../domain/error.ts';
import { failpoint } from '../processes/failpoint.ts';
import type { Queryable } from '../store/pool.ts';
import { readFacts } from '../store/read.ts';
import type { Recorder } from '../store/record.ts';
import type { LogActivities } from '../workflows/recorder.ts';

/** What the log refuses it will refuse again: no retry helps. */
function refuse(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  const { code, details } = error;
  throw ApplicationFailure.create({ type: code, message: code, details: [details], nonRetryable: true });
}

/** Writing to and reading from the log, for cases: fenced by the stream's version, or read only. */
export const logActivities = (db: Queryable, recorder: Recorder): LogActivities => ({
  async record(input) {
    const answer = await recorder.record(input).catch(refuse);
    failpoint('record.committed');
    return answer;
  },
  readAfter: (stream, version) => readFacts(db, stream, version).catch(refuse),
});
