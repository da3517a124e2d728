import { describe, expect, it } from 'vitest';
import { encodeCloudEvent } from '../../bus/cloudevents.ts';
import { eventSubject } from '../../bus/subjects.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import { compareMessages, type Delivered } from './compareMessages.ts';

const eventAt = (position: number): LoggedEvent => ({
  position,
  stream: 'registration-1',
  version: position,
  type: 'Noted',
  data: { n: position, ghi: 'chú' },
  at: '2025-03-03T01:00:00.000Z',
  by: { id: 'officer-1', name: 'Cán bộ 1' },
  commandId: `command-${position}`,
  recordedAt: '2025-03-03T01:00:00.000000Z',
  prevHash: String(position - 1).padStart(64, '0'),
  hash: String(position).padStart(64, '0'),
});

const messageOf = (event: LoggedEvent, more: Partial<Delivered> = {}): Delivered => ({
  seq: event.position,
  subject: eventSubject(event),
  msgId: event.hash,
  data: new TextEncoder().encode(encodeCloudEvent(event)),
  ...more,
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function found(messages: readonly Delivered[], events: readonly LoggedEvent[]) {
  const kinds = [];
  for await (const { kind, position, found } of compareMessages({
    messages: each(messages),
    events: each(events),
  }))
    kinds.push([kind, position, ...(found === undefined ? [] : [found])]);
  return kinds;
}

const events = [1, 2, 3, 4, 5].map(eventAt);
const messages = events.map((event) => messageOf(event));
const replaced = (seq: number, other: (event: LoggedEvent) => Delivered) =>
  messages.map((message) => (message.seq === seq ? other(eventAt(seq)) : message));

describe('the stream beside the log', () => {
  it('agrees when each message is the one that the relay makes', async () => {
    expect(await found(messages, events)).toEqual([]);
    expect(await found([], [])).toEqual([]);
  });

  it.each([1, 3, 5])('misses a message at position %i', async (gone) => {
    const rest = messages.filter(({ seq }) => seq !== gone);
    expect(await found(rest, events)).toEqual([['MESSAGE_MISSING', gone]]);
  });

  it('misses several, and finds what the log does not hold, in order', async () => {
    const rest = messages.filter(({ seq }) => seq !== 2 && seq !== 5);
    const log = events.filter(({ position }) => position !== 3);
    expect(await found(rest, log)).toEqual([
      ['MESSAGE_MISSING', 2],
      ['MESSAGE_WITHOUT_EVENT', 3, 'events.registration.registration-1.Noted'],
      ['MESSAGE_MISSING', 5],
    ]);
  });

  it('names what differs: data, time, actor’s name by its bytes, subject, message id', async () => {
    const changed = (more: Partial<LoggedEvent>) => (event: LoggedEvent) => ({
      ...messageOf({ ...event, ...more }),
      subject: eventSubject(event),
    });
    const other = '2025-03-04T01:00:00.000Z';
    expect(await found(replaced(2, changed({ data: {} })), events)).toEqual([
      ['MESSAGE_DIFFERS', 2, ['data']],
    ]);
    expect(await found(replaced(2, changed({ at: other })), events)).toEqual([
      ['MESSAGE_DIFFERS', 2, ['time']],
    ]);
    expect(await found(replaced(2, changed({ by: { id: 'officer-1', name: 'X' } })), events)).toEqual([
      ['MESSAGE_DIFFERS', 2, ['bytes']],
    ]);
    const moved = (event: LoggedEvent) => messageOf(event, { subject: 'events.a.b.c', msgId: '' });
    expect(await found(replaced(2, moved), events)).toEqual([
      ['MESSAGE_DIFFERS', 2, ['nats subject', 'message id']],
    ]);
  });

  it('takes white space for a difference: subscribers may check the bytes', async () => {
    const spaced = (event: LoggedEvent) =>
      messageOf(event, { data: new TextEncoder().encode(` ${encodeCloudEvent(event)}`) });
    expect(await found(replaced(4, spaced), events)).toEqual([['MESSAGE_DIFFERS', 4, ['bytes']]]);
  });

  it('names a message that stands a second time', async () => {
    const twice = () => messageOf(eventAt(2), { seq: 4 });
    expect((await found(replaced(4, twice), events)).map((one) => one.slice(0, 2))).toEqual([
      ['MESSAGE_DUPLICATED', 4],
    ]);
  });

  it('names what is no JSON, and what comes after the log’s end', async () => {
    const foreign = { seq: 6, subject: 'events.x.y.z', msgId: '', data: new TextEncoder().encode('hello') };
    expect(await found([...messages, foreign], events)).toEqual([
      ['MESSAGE_WITHOUT_EVENT', 6, 'events.x.y.z'],
    ]);
    const rest = [...messages.slice(0, 4), { ...foreign, seq: 5 }];
    expect((await found(rest, events)).map((one) => one.slice(0, 2))).toEqual([['MESSAGE_DIFFERS', 5]]);
  });
});
