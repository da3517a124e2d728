import type { Queryable } from '../store/pool.ts';
import { readFacts } from '../store/read.ts';
import type { Recorder } from '../store/record.ts';
import type { LogActivities } from '../workflows/recorder.ts';
import { failpoint } from './failpoint.ts';

/** Writing to and reading from the log, for cases: fenced by the stream's version, or read only. */
export const logActivities = (db: Queryable, recorder: Recorder): LogActivities => ({
  async record(input) {
    const answer = await recorder.record(input);
    failpoint('record.committed');
    return answer;
  },
  readAfter: (stream, version) => readFacts(db, stream, version),
});
