import type { NatsConnection } from '@nats-io/nats-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeCloudEvent } from '../../bus/cloudevents.ts';
import { RelayDisagreement } from '../../bus/errors.ts';
import { relayLog } from '../../bus/relay.ts';
import type { RelayOptions } from '../../bus/relayOptions.ts';
import { EVENTS, manager } from '../../bus/streams.ts';
import { useEngines } from '../support/engines.ts';
import { type MemoryLog, memoryLog } from './memoryLog.ts';
import { freshBus, lastSequence, storedEvents } from './stream.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 20_000, interval: 25 };

/** A relay that runs until the test ends; `ended` settles with it. */
function startRelay(nc: NatsConnection, log: MemoryLog, options: Partial<RelayOptions> = {}) {
  const stop = new AbortController();
  const ended = relayLog({
    nc,
    log,
    signal: stop.signal,
    onProgress: () => {},
    checkEveryMs: 150,
    batch: 16,
    ...options,
  });
  ended.catch(() => {});
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => {});
  });
  return { ended, stop: () => stop.abort() };
}

const arrived = (nc: NatsConnection, log: MemoryLog) =>
  vi.waitFor(async () => expect(await lastSequence(nc)).toBe(log.events.length), SOON);

async function expectWhole(nc: NatsConnection, log: MemoryLog): Promise<void> {
  const stored = await storedEvents(nc);
  expect(stored.map(({ seq }) => seq)).toEqual(log.events.map(({ position }) => position));
  expect(stored.map(({ body }) => body)).toEqual(log.events.map(encodeCloudEvent));
}

describe('the relay', () => {
  it('gives every event of the log the sequence of its position, old events and new ones', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(100);
    const progress: number[] = [];
    startRelay(nc, log, { onProgress: (position) => progress.push(position) });
    await arrived(nc, log);
    log.append(3);
    await arrived(nc, log);
    await expectWhole(nc, log);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await vi.waitFor(() => expect(progress.at(-1)).toBe(103), SOON);
  });

  it('goes on from what the stream holds when it is started again', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(20);
    const first = startRelay(nc, log);
    await arrived(nc, log);
    first.stop();
    await first.ended;
    log.append(20);
    startRelay(nc, log);
    await arrived(nc, log);
    await expectWhole(nc, log);
  });

  it.each([
    ['purged', (nc: NatsConnection) => manager(nc).then((jsm) => jsm.streams.purge(EVENTS))],
    [
      'purged but for its end',
      (nc: NatsConnection) => manager(nc).then((jsm) => jsm.streams.purge(EVENTS, { keep: 4 })),
    ],
    ['deleted', (nc: NatsConnection) => manager(nc).then((jsm) => jsm.streams.delete(EVENTS))],
    [
      'robbed of one message',
      (nc: NatsConnection) => manager(nc).then((jsm) => jsm.streams.deleteMessage(EVENTS, 7)),
    ],
    [
      'robbed of its last message',
      (nc: NatsConnection) => manager(nc).then((jsm) => jsm.streams.deleteMessage(EVENTS, 50)),
    ],
  ])('refills a stream that was %s with the same bytes', async (_, harm) => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(50);
    startRelay(nc, log);
    await arrived(nc, log);
    const before = await storedEvents(nc);
    expect(before).toHaveLength(50);
    await harm(nc);
    await arrived(nc, log);
    expect(await storedEvents(nc)).toEqual(before);
    log.append(1);
    await arrived(nc, log);
    await expectWhole(nc, log);
  });

  it('keeps the configuration of a stream that it makes anew', async () => {
    const nc = await freshBus(engines().nats.url);
    const jsm = await manager(nc);
    await jsm.streams.update(EVENTS, { description: 'kept', max_msg_size: 500_000 });
    const log = memoryLog();
    log.append(5);
    startRelay(nc, log);
    await arrived(nc, log);
    const { config, created } = await jsm.streams.info(EVENTS);
    await jsm.streams.purge(EVENTS);
    await arrived(nc, log);
    const now = await jsm.streams.info(EVENTS);
    expect(now.created).not.toBe(created);
    expect(now.config).toEqual(config);
  });

  it('shares the work with a second relay without a gap or a double', async () => {
    const nc = await freshBus(engines().nats.url);
    const other = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(150);
    startRelay(nc, log);
    startRelay(other, log, { batch: 7 });
    for (let i = 0; i < 10; i++) log.append(15);
    await arrived(nc, log);
    await expectWhole(nc, log);
    await (await manager(nc)).streams.purge(EVENTS);
    await arrived(nc, log);
    await expectWhole(nc, log);
  });

  it('stops at a stream that holds another event, and publishes nothing more', async () => {
    const nc = await freshBus(engines().nats.url);
    const foreign = memoryLog('foreign');
    foreign.append(10);
    const first = startRelay(nc, foreign);
    await arrived(nc, foreign);
    first.stop();
    await first.ended;
    const log = memoryLog();
    log.append(30);
    const error = await startRelay(nc, log).ended.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RelayDisagreement);
    expect(error).toMatchObject({ code: 'EID_ERR_STREAM_DISAGREES', position: 10 });
    expect(await lastSequence(nc)).toBe(10);
  });

  it('stops at a stream that is ahead of the log', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(10);
    const first = startRelay(nc, log);
    await arrived(nc, log);
    first.stop();
    await first.ended;
    const shorter = memoryLog();
    shorter.append(8);
    await expect(startRelay(nc, shorter).ended).rejects.toMatchObject({ position: 10 });
    expect(await lastSequence(nc)).toBe(10);
  });

  it('notices while it runs that a stranger wrote into the stream', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(4);
    const relay = startRelay(nc, log);
    await arrived(nc, log);
    await nc.request('events.registration.registration-x.Forged', '{}');
    await expect(relay.ended).rejects.toBeInstanceOf(RelayDisagreement);
  });

  it('does not copy a log with a gap', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(9);
    const holed: MemoryLog = {
      ...log,
      readAfter: async (position, limit) =>
        (await log.readAfter(position, limit)).filter((event) => event.position !== 5),
    };
    await expect(startRelay(nc, holed).ended).rejects.toMatchObject({
      code: 'EID_ERR_LOG_BROKEN',
      position: 5,
    });
  });

  it('ends with the error of a log that fails, and leaves the stream a prefix of the log', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(100);
    const broken: MemoryLog = {
      ...log,
      readAfter: (position, limit) =>
        position >= 32 ? Promise.reject(new Error('database gone')) : log.readAfter(position, limit),
    };
    await expect(startRelay(nc, broken).ended).rejects.toThrow('database gone');
    expect(await lastSequence(nc)).toBe(32);
  });

  it('keeps the order when it dies in the middle of a batch', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(60);
    let calls = 0;
    const dying = startRelay(nc, log, {
      failpoint: (name) => {
        if (name === 'relay.mid-batch' && ++calls === 20) throw new Error('killed here');
      },
    });
    await expect(dying.ended).rejects.toThrow('killed here');
    startRelay(nc, log);
    await arrived(nc, log);
    await expectWhole(nc, log);
  });
});

describe('a NATS server that is killed while the relay runs', () => {
  it('gets every event once and in order after its restart', async () => {
    const nc = await freshBus(engines().nats.url);
    const log = memoryLog();
    log.append(500);
    let killed = false;
    let calls = 0;
    startRelay(nc, log, {
      failpoint: async () => {
        if (++calls !== 200) return;
        await engines().nats.kill('SIGKILL');
        killed = true;
      },
    });
    await vi.waitFor(() => expect(killed).toBe(true), SOON);
    log.append(100);
    expect(await lastSequence(nc)).toBe(-1);
    await engines().nats.restart();
    await arrived(nc, log);
    await expectWhole(nc, log);
  });
});
