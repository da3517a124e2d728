import { describe, expect, it } from 'vitest';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, useStore } from './support.ts';

const TOKEN = '@identification-number';
const issuing = [
  { type: 'Issued', data: { number: TOKEN, note: `account-${TOKEN}` } },
  { type: 'Opened', data: { note: [TOKEN] } },
];

describe('an identification number', () => {
  const store = useStore();
  const recorder = () => createRecorder(store.pool(), projections);

  it('is one for all places of a command, in the log, the state and the answer alike', async () => {
    const stream = newStream();
    const answer = await recorder().record(note(stream, 0, { events: issuing }));
    const number = answer.kind === 'recorded' ? answer.filled?.[TOKEN] : undefined;
    expect(number).toMatch(/^1\d{10}$/);
    expect(answer).toEqual({ kind: 'recorded', version: 2, filled: { [TOKEN]: number } });
    expect((await readStream(store.pool(), stream)).map(({ data }) => data)).toEqual([
      { number, note: `account-${number}` },
      { note: [number] },
    ]);
    expect((await readCase(store.pool(), stream))?.state).toMatchObject({
      notes: [`account-${number}`, [number]],
    });
  });

  it('is given once: the command sent again is answered with the number that the log holds', async () => {
    const stream = newStream();
    const input = note(stream, 0, { events: issuing });
    const { record } = recorder();
    const first = await record(input);
    const again = await recorder().record(input);
    expect(again).toMatchObject({
      kind: 'ahead',
      events: [{ data: { number: first.kind === 'recorded' ? first.filled?.[TOKEN] : '' } }, {}],
    });
  });

  it('differs for every organisation, however many are issued at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => recorder().record(note(newStream(), 0, { events: issuing }))),
    );
    const numbers = answers.map((answer) =>
      answer.kind === 'recorded' ? answer.filled?.[TOKEN] : undefined,
    );
    expect(new Set(numbers).size).toBe(40);
  });

  it('is not asked for by events without the token', async () => {
    const last = async () =>
      (await store.pool().query('select last_value, is_called from orgeid.identification_number')).rows[0];
    const before = await last();
    expect(await recorder().record(note(newStream(), 0))).toEqual({ kind: 'recorded', version: 1 });
    expect(await last()).toEqual(before);
  });
});
