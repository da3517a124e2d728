import { describe, expect, it } from 'vitest';
import { findCommand, readHead, readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, useStore, viewing } from './support.ts';

describe('record', () => {
  const store = useStore();
  const recorder = () => createRecorder(store.pool(), projections);

  it('appends all events of a command with their versions, actor, time and command id', async () => {
    const stream = newStream();
    const answer = await recorder().record(
      note(stream, 0, {
        commandId: 'c1',
        correlationId: 'thư-1',
        events: [
          { type: 'Opened', data: { name: 'Hợp tác xã Đông Á', empty: undefined } },
          { type: 'Noted', data: { n: 1.5 } },
        ],
      }),
    );
    expect(answer).toEqual({ kind: 'recorded', version: 2 });
    const events = await readStream(store.pool(), stream);
    expect(events.map(({ type, version, data }) => ({ type, version, data }))).toEqual([
      { type: 'Opened', version: 1, data: { name: 'Hợp tác xã Đông Á' } },
      { type: 'Noted', version: 2, data: { n: 1.5 } },
    ]);
    expect(events[0]).toMatchObject({
      stream,
      at: '2026-03-02T01:00:00.000Z',
      by: { id: 'p1', name: 'Nguyễn Văn An', unit: 'PC06-HN' },
      commandId: 'c1',
      correlationId: 'thư-1',
    });
    expect(events[1]?.prevHash).toBe(events[0]?.hash);
    expect(events[0]?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(await readHead(store.pool())).toEqual({ position: events[1]?.position, hash: events[1]?.hash });
  });

  it('keeps roles and paths of an actor out of the log', async () => {
    const stream = newStream();
    const actor = { id: 'p2', name: 'Trần Thị Bình', roles: ['C06_OFFICER'], unitPath: ['C06'] };
    await recorder().record(note(stream, 0, { actor }));
    expect((await readStream(store.pool(), stream))[0]?.by).toEqual({ id: 'p2', name: 'Trần Thị Bình' });
  });

  it('answers a command that is done with its events, and writes nothing', async () => {
    const stream = newStream();
    const { record } = recorder();
    const input = note(stream, 0, { commandId: 'once' });
    await record(input);
    const before = await readHead(store.pool());
    for (const again of [record, recorder().record]) {
      expect(await again(input)).toMatchObject({
        kind: 'ahead',
        events: [{ version: 1, commandId: 'once' }],
      });
    }
    expect(await readHead(store.pool())).toEqual(before);
    expect(await findCommand(store.pool(), stream, 'once')).toHaveLength(1);
    expect(await findCommand(store.pool(), stream, 'never')).toEqual([]);
  });

  it('shows an old command of a writer that is up to date together with what came after its version', async () => {
    const stream = newStream();
    const { record } = recorder();
    await record(note(stream, 0, { commandId: 'old' }));
    await record(note(stream, 1, { commandId: 'between' }));
    await record(note(stream, 2, { commandId: 'new' }));
    const ids = async (expected: number) => {
      const answer = await record(note(stream, expected, { commandId: 'old' }));
      return answer.kind === 'ahead' ? answer.events.map(({ commandId }) => commandId) : answer;
    };
    expect(await ids(3)).toEqual(['old']);
    expect(await ids(2)).toEqual(['old', 'new']);
    expect(await ids(0)).toEqual(['old', 'between', 'new']);
  });

  it('writes nothing at a version that is taken and shows what stands there', async () => {
    const stream = newStream();
    const one = recorder();
    const other = recorder();
    await one.record(note(stream, 0));
    await other.record(note(stream, 1, { commandId: 'faster' }));
    const answer = await one.record(note(stream, 1));
    expect(answer).toMatchObject({ kind: 'ahead', events: [{ version: 2, commandId: 'faster' }] });
    expect(answer.kind === 'ahead' && answer.events).toHaveLength(1);
    expect(await readStream(store.pool(), stream)).toHaveLength(2);
  });

  it('gives facts of the log without anything that a case has no use for', async () => {
    const stream = newStream();
    await recorder().record(note(stream, 0, { commandId: 'c' }));
    expect(await recorder().record(note(stream, 0))).toEqual({
      kind: 'ahead',
      events: [
        {
          type: 'Noted',
          data: {},
          at: '2026-03-02T01:00:00.000Z',
          by: { id: 'p1', name: 'Nguyễn Văn An', unit: 'PC06-HN' },
          version: 1,
          commandId: 'c',
        },
      ],
    });
  });

  it('refuses to go on from a version that the log never had', async () => {
    const stream = newStream();
    const { record } = recorder();
    await expect(record(note(stream, 3))).rejects.toMatchObject({ code: 'EID_ERR_LOG_BROKEN' });
    await record(note(stream, 0));
    await expect(record(note(stream, 3))).rejects.toMatchObject({ code: 'EID_ERR_LOG_BROKEN' });
  });

  it('refuses a text that the read models could not hold', async () => {
    const stream = newStream();
    for (const bad of ['a\u0000b', '\ud800', '\\\u0000']) {
      const events = [{ type: 'Noted', data: { note: bad } }];
      await expect(recorder().record(note(stream, 0, { events }))).rejects.toMatchObject({
        code: 'EID_ERR_SHAPE',
      });
    }
    const fine = 'chữ \\u0000 viết ra';
    await recorder().record(note(stream, 0, { events: [{ type: 'Noted', data: { note: fine } }] }));
    expect((await readStream(store.pool(), stream))[0]?.data).toEqual({ note: fine });
  });

  it('goes on from the state of another process, from the row, and from the log when the row is behind', async () => {
    const stream = newStream();
    const one = recorder();
    await one.record(note(stream, 0, viewing({}, { note: 'một' })));
    await recorder().record(note(stream, 1, viewing({}, { note: 'hai' })));
    await one.record(note(stream, 2, viewing({}, { note: 'ba' })));
    await store
      .pool()
      .query(
        `update orgeid.cases set version = 1, state = jsonb_set(state, '{notes}', '["một"]') where stream = $1`,
        [stream],
      );
    await recorder().record(note(stream, 3, viewing({}, { note: 'bốn' })));
    const { rows } = await store
      .pool()
      .query('select version, state from orgeid.cases where stream = $1', [stream]);
    expect(rows[0]).toMatchObject({ version: 4, state: { notes: ['một', 'hai', 'ba', 'bốn'] } });
  });
});
