import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openPool } from '../../store/pool.ts';
import { readLog, readStream } from '../../store/read.ts';
import { createRecorder, type Recorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import { collect, newStream, note, projections, task, useStore, viewing } from './support.ts';

/** Writes one event the way a case does: learns the version from the log until its command is in. */
async function write(recorder: Recorder, stream: string, commandId: string): Promise<void> {
  for (let version = 0; ; ) {
    const view = { tasks: [task('verify', { version, units: [`CAX-${version % 3}`] })] };
    const answer = await recorder.record(
      note(stream, version, { commandId, ...viewing(view, { note: commandId }) }),
    );
    if (answer.kind === 'recorded') return;
    if (answer.kind === 'reserved') throw new Error(`reserved by ${answer.by}`);
    if (answer.events.some((event) => event.commandId === commandId)) return;
    version = answer.events.at(-1)?.version ?? version;
  }
}

describe('many writers at once', () => {
  const store = useStore();

  it('leave a gapless whole log, each command once, and read models that agree with it', async () => {
    const other = openPool(store.url(), { max: 20 });
    const recorders = [
      createRecorder(store.pool(), projections),
      createRecorder(other, projections),
    ] as const;
    const streams = Array.from({ length: 20 }, () => newStream());
    const commands = streams.flatMap((stream) =>
      Array.from({ length: 10 }, () => ({ stream, id: randomUUID() })),
    );
    try {
      // Each command is sent by both, as a caller's retry may do.
      await Promise.all(
        commands.flatMap(({ stream, id }) => recorders.map((recorder) => write(recorder, stream, id))),
      );
    } finally {
      await other.end();
    }

    const log = await readLog(store.pool(), 0, 1000);
    expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(new Set(log.map(({ commandId }) => commandId)).size).toBe(200);
    for (const stream of streams) {
      expect((await readStream(store.pool(), stream)).map(({ version }) => version)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
    }
    expect(await verifyLog(store.pool())).toMatchObject({
      whole: true,
      position: 200,
      hash: log.at(-1)?.hash,
    });
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
  });
});
