import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RecordInput } from '../../schemas/case.ts';
import { readHead, readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import { waitForLog } from '../../store/waitForLog.ts';
import { asAdmin, collect, newStream, note, projections, useStore } from './support.ts';

describe('a store whose PostgreSQL fails', () => {
  const store = useStore();
  const recorder = () => createRecorder(store.pool(), projections);

  it('wakes whoever waits for the log when it grows, also after the connection was cut', async () => {
    const { record } = recorder();
    const never = new AbortController();
    const { position } = await readHead(store.pool());
    const waiting = waitForLog(store.pool(), position, never.signal, 60_000);
    await record(note(newStream(), 0));
    expect(await waiting).toBe(position + 1);
    expect(await waitForLog(store.pool(), position, never.signal)).toBe(position + 1);

    const again = waitForLog(store.pool(), position + 1, never.signal, 50);
    const cut = async () =>
      (
        await asAdmin(store.url(), (client) =>
          client.query(`select pg_terminate_backend(pid) from pg_stat_activity
            where query like '%log_head%' and pid <> pg_backend_pid() and datname = current_database()`),
        )
      ).rowCount;
    await expect.poll(cut).toBeGreaterThan(0);
    await record(note(newStream(), 0));
    expect(await again).toBe(position + 2);
  });

  it('stops waiting when it is told to', async () => {
    const stop = new AbortController();
    const { position } = await readHead(store.pool());
    const waiting = waitForLog(store.pool(), position, stop.signal, 60_000);
    stop.abort(new Error('hết ca'));
    await expect(waiting).rejects.toThrow('hết ca');
  });

  it('leaves nothing locked when a writer is cut off in the middle of an append', async () => {
    const stream = newStream();
    await asAdmin(store.url(), async (client) => {
      client.on('error', () => {});
      await client.query('begin');
      await client.query('select * from orgeid.log_head for update');
      const blocked = recorder().record(note(stream, 0));
      await asAdmin(store.url(), (admin) =>
        admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'`,
        ),
      );
      expect(await blocked).toEqual({ kind: 'recorded', version: 1 });
    });
  });

  it('keeps every acknowledged append over kill -9, and a retry of the others finds out what became of them', async () => {
    const acknowledged: RecordInput[] = [];
    const doubtful: RecordInput[] = [];
    const stop = new AbortController();
    const writers = Array.from({ length: 8 }, async () => {
      const { record } = recorder();
      const stream = newStream();
      for (let version = 0; !stop.signal.aborted; version++) {
        const input = note(stream, version, { commandId: randomUUID() });
        try {
          await record(input);
          acknowledged.push(input);
        } catch {
          doubtful.push(input);
          return;
        }
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100);
    await store.engine().kill('SIGKILL');
    await Promise.all(writers);
    expect(doubtful.length).toBeGreaterThan(0);
    await store.engine().restart();

    for (const input of doubtful) {
      const answer = await untilAnswered(() => recorder().record(input));
      const done =
        answer.kind === 'ahead' && answer.events.some((event) => event.commandId === input.commandId);
      expect(answer.kind === 'recorded' || done).toBe(true);
    }
    for (const input of [...acknowledged, ...doubtful]) {
      const events = await readStream(store.pool(), input.stream);
      const places = events.flatMap(({ commandId, version }) =>
        commandId === input.commandId ? [version] : [],
      );
      expect(places).toEqual([input.expectedVersion + 1]);
    }
    expect(await verifyLog(store.pool())).toMatchObject({ whole: true });
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
  });
});

/** Connections of the pool that died with the server may be met first. */
async function untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 50) throw error;
      await delay(100);
    }
  }
}
