import { describe, expect, it } from 'vitest';
import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxChange } from '../../schemas/inbox.ts';
import type { Task } from '../../schemas/task.ts';
import { createLogBell } from '../../store/inbox/bell.ts';
import { changesSince } from '../../store/inbox/changes.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { watchInbox } from '../../store/inbox/watch.ts';
import { readHead } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, task, useStore, viewing } from './support.ts';

describe('what changes in an inbox', () => {
  const store = useStore();
  const officer: Onlooker = { id: 'o', roles: ['VERIFICATION_OFFICER'], unit: 'CAX-W' };
  const here = (id: string, more: Partial<Task> = {}) =>
    task(id, { units: ['CAX-W'], unitPath: ['CAX-W', 'PC06-W', 'C06'], ...more });
  const elsewhere = (id: string) => task(id, { units: ['CAX-Z'], unitPath: ['CAX-Z'] });
  const head = async () => (await readHead(store.pool())).position;
  const record = (stream: string, version: number, ...tasks: Task[]) =>
    createRecorder(store.pool(), projections).record(note(stream, version, viewing({ tasks })));
  const told = (changes: readonly InboxChange[]) =>
    changes.map(({ position, tasks }) => [position, ...tasks.map((one) => `${one.task.id}:${one.views}`)]);

  it('is told once for each append, in order, with what it touched, and nothing of others', async () => {
    const from = await head();
    const stream = newStream();
    await record(stream, 0, here('a'), here('b'), elsewhere('c'));
    await record(newStream(), 0, elsewhere('d'));
    await record(stream, 1, here('a'), here('b', { overdue: true, version: 1 }), elsewhere('c'));
    await record(
      stream,
      2,
      here('a', { status: 'COMPLETED', version: 1 }),
      here('b', { overdue: true, version: 1 }),
    );
    const { changes, upTo, more } = await changesSince(store.pool(), officer, from);
    expect(told(changes)).toEqual([
      [from + 3, 'b:unit'],
      [from + 4, 'a:'],
    ]);
    expect([upTo, more]).toEqual([from + 4, false]);
    expect((await changesSince(store.pool(), officer, upTo)).changes).toEqual([]);
  });

  it('is complete in steps of any size, and an append that touched several tasks is never torn', async () => {
    const from = await head();
    for (let n = 0; n < 7; n += 1) {
      await record(newStream(), 0, here(`a${n}`), here(`b${n}`), here(`c${n}`), elsewhere('d'));
      await record(newStream(), 0, elsewhere('e'));
    }
    for (const most of [1, 2, 5, 1000]) {
      let at = from;
      const all: InboxChange[] = [];
      while (true) {
        const { changes, upTo, more } = await changesSince(store.pool(), officer, at, most);
        all.push(...changes);
        at = upTo;
        if (!more) break;
      }
      expect(all.map(({ tasks }) => tasks.length)).toEqual(Array(7).fill(3));
      expect(all.map(({ position }) => position)).toEqual(
        Array.from({ length: 7 }, (_, n) => from + 1 + 2 * n),
      );
      expect(at).toBe(from + 14);
    }
  });

  it('follows on from a page without a gap, and resumes from the last change without missing or repeating', async () => {
    const { position } = await listInbox(store.pool(), officer, { view: 'unit', limit: 1 });
    const stop = new AbortController();
    const bell = createLogBell(store.pool(), stop.signal);
    const streams = Array.from({ length: 40 }, () => newStream());
    const seen: InboxChange[] = [];

    /** Takes some changes and goes away, as a browser does. */
    async function look(from: number, many: number): Promise<number> {
      const gone = new AbortController();
      let last = from;
      for await (const change of watchInbox(store.pool(), bell, officer, from, gone.signal)) {
        seen.push(change);
        last = change.position;
        if (seen.length >= many) break;
      }
      gone.abort();
      return last;
    }
    const writing = (async () => {
      for (const stream of streams) {
        await record(stream, 0, here('w'));
        await record(newStream(), 0, elsewhere('e'));
      }
    })();
    let at = position;
    for (const many of [1, 2, 9, 10, 25, 40]) at = await look(at, many);
    await writing;
    expect(seen.flatMap(({ tasks }) => tasks.map(({ stream }) => stream))).toEqual(streams);
    stop.abort();
  });

  it('of many watchers is heard by one connection, and each ends when told to', async () => {
    const stop = new AbortController();
    const bell = createLogBell(store.pool(), stop.signal);
    const from = await head();
    const gone = new AbortController();
    const early = new AbortController();
    const first = Array.from({ length: 60 }, async () => {
      const { value } = await watchInbox(store.pool(), bell, officer, from, gone.signal).next();
      return value?.position;
    });
    const leaver = watchInbox(store.pool(), bell, officer, from, early.signal).next();
    early.abort(new Error('left'));
    await expect(leaver).rejects.toThrow('left');
    expect(store.pool().totalCount).toBeLessThanOrEqual(20);
    await record(newStream(), 0, here('news'));
    expect(new Set(await Promise.all(first))).toEqual(new Set([from + 1]));

    const waiting = watchInbox(store.pool(), bell, officer, from + 1, gone.signal).next();
    stop.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    await expect.poll(() => store.pool().totalCount - store.pool().idleCount).toBe(0);
  });

  it('marks how far it looked when a long time brought nothing', async () => {
    const from = await head();
    const stream = newStream();
    const events = Array.from({ length: 1200 }, () => ({ type: 'Noted', data: {} }));
    await createRecorder(store.pool(), projections).record(note(stream, 0, { events }));
    const stop = new AbortController();
    const bell = createLogBell(store.pool(), stop.signal);
    const { value } = await watchInbox(store.pool(), bell, officer, from, stop.signal).next();
    expect(value).toEqual({ position: from + 1200, tasks: [] });
    stop.abort();
  });
});
