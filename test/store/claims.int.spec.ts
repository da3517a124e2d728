import { describe, expect, it } from 'vitest';
import { readHead, readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, useStore, viewing } from './support.ts';

describe('keys of an organisation', () => {
  const store = useStore();
  const recorder = () => createRecorder(store.pool(), projections);
  const holders = async (...keys: string[]) =>
    Object.fromEntries(
      (
        await store
          .pool()
          .query<{ key: string; stream: string }>(
            'select key, stream from orgeid.organisation_claims where key = any ($1)',
            [keys],
          )
      ).rows.map(({ key, stream }) => [key, stream]),
    );

  it('are held by one case: the second is told which key and by whom, and writes nothing', async () => {
    const { record } = recorder();
    const [first, second] = [newStream(), newStream()];
    await record(note(first, 0, viewing({ claims: ['code:A1', 'code:A2'] })));
    const head = await readHead(store.pool());
    expect(await record(note(second, 0, viewing({ claims: ['code:A0', 'code:A2'] })))).toEqual({
      kind: 'reserved',
      key: 'code:A2',
      by: first,
    });
    expect(await readStream(store.pool(), second)).toEqual([]);
    expect(await readHead(store.pool())).toEqual(head);
    expect(await holders('code:A0', 'code:A1', 'code:A2')).toEqual({ 'code:A1': first, 'code:A2': first });
  });

  it('are free again once the case no longer names them', async () => {
    const { record } = recorder();
    const [first, second] = [newStream(), newStream()];
    await record(note(first, 0, viewing({ claims: ['code:B1', 'code:B2'] })));
    await record(note(first, 1, viewing({ claims: ['code:B2'] })));
    expect(await record(note(second, 0, viewing({ claims: ['code:B1'] })))).toMatchObject({
      kind: 'recorded',
    });
    expect(await holders('code:B1', 'code:B2')).toEqual({ 'code:B1': second, 'code:B2': first });
  });

  it('that two requests want at the same moment go to exactly one', async () => {
    for (let round = 0; round < 10; round++) {
      const key = `code:C${round}`;
      const streams = [newStream(), newStream(), newStream()];
      const answers = await Promise.all(
        streams.map((stream) => recorder().record(note(stream, 0, viewing({ claims: [key] })))),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['recorded', 'reserved', 'reserved']);
      const winner = streams[answers.findIndex(({ kind }) => kind === 'recorded')];
      expect(await holders(key)).toEqual({ [key]: winner });
      expect((await Promise.all(streams.map((s) => readStream(store.pool(), s)))).flat()).toHaveLength(1);
    }
  });

  it('pass to the case that they are handed to, while the giver may go on until it closes', async () => {
    const { record } = recorder();
    const [request, account] = [newStream(), newStream('account')];
    await record(note(request, 0, viewing({ claims: ['code:D'] })));
    await record(note(account, 0, viewing({ claims: ['code:D'], claimsFrom: request })));
    expect(await holders('code:D')).toEqual({ 'code:D': account });

    expect(await record(note(request, 1))).toMatchObject({ kind: 'recorded' });
    expect(await holders('code:D')).toEqual({ 'code:D': account });
    await record(note(request, 2, viewing({ claims: [], closed: true })));
    expect(await holders('code:D')).toEqual({ 'code:D': account });
    expect(await record(note(newStream(), 0, viewing({ claims: ['code:D'] })))).toMatchObject({
      by: account,
    });
  });

  it('are not taken from a case that was not named as the giver', async () => {
    const { record } = recorder();
    const [holder, other] = [newStream(), newStream()];
    await record(note(holder, 0, viewing({ claims: ['code:E'] })));
    const claimsFrom = other;
    expect(
      await record(note(newStream('account'), 0, viewing({ claims: ['code:E'], claimsFrom }))),
    ).toMatchObject({ kind: 'reserved', by: holder });
  });
});
