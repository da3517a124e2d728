import type { Recorder } from '../store/record.ts';
import type { LogReader } from '../store/read.ts';
import type { LogActivities } from '../workflows/recorder.ts';
import { failpoint } from './failpoint.ts';

/** Writing to and reading from the log, for cases. Both are fenced by the stream's version or read only. */
export const logActivities = (recorder: Recorder, reader: LogReader): LogActivities => ({
  async record(input) {
    const answer = await recorder.record(input);
    failpoint('record.committed');
    return answer;
  },
  async readAfter(stream, version) {
    const events = await reader.readStream(stream, version);
    return events.map(({ type, data, at, by, version: v, commandId, correlationId }) => ({
      type,
      data,
      at,
      by,
      version: v,
      commandId,
      ...(correlationId === undefined ? {} : { correlationId }),
    }));
  },
});
