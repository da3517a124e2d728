import type { NatsConnection } from '@nats-io/nats-core';
import { onTestFinished } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { EVENTS, ensureStreams, manager, type StreamOptions, streamConfigs } from '../../bus/streams.ts';

/** A connection that is closed when the running test ends, on a server whose streams are fresh. */
export async function freshBus(url: string, options: StreamOptions = {}): Promise<NatsConnection> {
  const nc = await connectBus({ servers: url, name: 'test' });
  onTestFinished(() => nc.close());
  const jsm = await manager(nc);
  for (const { name } of streamConfigs()) await jsm.streams.delete(name).catch(() => false);
  await ensureStreams(nc, options);
  return nc;
}

export type Stored = {
  readonly seq: number;
  readonly subject: string;
  readonly head: string;
  readonly body: string;
};

/** Every message of stream EVENTS with its headers, in order. */
export async function storedEvents(nc: NatsConnection): Promise<Stored[]> {
  const jsm = await manager(nc);
  const { first_seq, last_seq } = (await jsm.streams.info(EVENTS)).state;
  const stored: Stored[] = [];
  for (let seq = Math.max(first_seq, 1); seq <= last_seq; seq++) {
    const message = await jsm.direct.getMessage(EVENTS, { seq });
    if (!message) continue;
    const head = [...message.header.keys()]
      .filter((name) => !/^Nats-(Stream|Sequence|Time-Stamp|Subject|Num-Pending|Last-Sequence)$/.test(name))
      .sort()
      .map((name) => `${name}: ${message.header.values(name).join()}`)
      .join('\n');
    stored.push({ seq, subject: message.subject, head, body: message.string() });
  }
  return stored;
}

/** Last sequence of EVENTS, or -1 when NATS or the stream is not there. */
export async function lastSequence(nc: NatsConnection): Promise<number> {
  const jsm = await manager(nc);
  return jsm.streams.info(EVENTS).then(
    ({ state }) => (state.messages === state.last_seq ? state.last_seq : -1),
    () => -1,
  );
}
