import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { publishQuestion } from '../../bus/ask.ts';
import { connectBus } from '../../bus/connect.ts';
import { type ConsumeOptions, consumeDurable } from '../../bus/consume.ts';
import { publishAcked } from '../../bus/publish.ts';
import { ensureStreams, manager, QUERIES, streamConfigs } from '../../bus/streams.ts';
import { useEngines } from '../support/engines.ts';
import { dataOf } from './envelope.ts';
import { taxQuery } from './questions.ts';
import { freshBus } from './stream.ts';

const engines = useEngines(['nats']);
/** The subscriptions of these tests make their consumers themselves. */
const ownConsumers = { parties: [] };
const SOON = { timeout: 20_000, interval: 20 };

function subscribe(nc: NatsConnection, options: Partial<ConsumeOptions> & Pick<ConsumeOptions, 'handle'>) {
  const stop = new AbortController();
  const ready = vi.fn();
  const ended = consumeDurable({
    nc,
    stream: QUERIES,
    durable: 'TAX',
    filter: 'queries.TAX',
    signal: stop.signal,
    onReady: ready,
    maxRetryMs: 100,
    ...options,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { ready };
}

const put = (nc: NatsConnection, text: string) => jetstream(nc).publish('queries.TAX', text);
const left = async (nc: NatsConnection) => (await (await manager(nc)).streams.info(QUERIES)).state.messages;

describe('a durable subscription', () => {
  it('delivers a message again until its handler succeeds, and then never more', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const seen: number[] = [];
    subscribe(nc, {
      handle: async (message) => {
        seen.push(message.info.deliveryCount);
        if (seen.length < 3) throw new Error('not yet');
        return undefined;
      },
    });
    await put(nc, 'a');
    await vi.waitFor(async () => expect(await left(nc)).toBe(0), SOON);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('gives up a message that its handler terminates', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const handle = vi.fn(async () => ({ terminate: 'EID_ERR_SHAPE' }));
    subscribe(nc, { handle });
    await put(nc, 'a');
    await vi.waitFor(async () => expect(await left(nc)).toBe(0), SOON);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('keeps a slow handler alive beyond the time after which a message comes again', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const consumers = (await manager(nc)).consumers;
    let calls = 0;
    let inProgress = 0;
    const watch = nc.subscribe('$JS.ACK.QUERIES.TAX.>', {
      callback: (_, message) => {
        if (message.string() === '+WPI') inProgress++;
      },
    });
    onTestFinished(() => watch.unsubscribe());
    subscribe(nc, {
      ackWaitMs: 600,
      handle: async () => {
        calls++;
        await vi.waitFor(() => expect(inProgress).toBeGreaterThanOrEqual(6), SOON);
        return undefined;
      },
    });
    await put(nc, 'a');
    await vi.waitFor(async () => expect(await left(nc)).toBe(0), SOON);
    expect(calls).toBe(1);
    expect((await consumers.info(QUERIES, 'TAX')).num_redelivered).toBe(0);
  });

  it('handles no more at once than it may', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    let now = 0;
    let most = 0;
    subscribe(nc, {
      maxAckPending: 3,
      handle: async () => {
        most = Math.max(most, ++now);
        await nc.flush();
        now--;
        return undefined;
      },
    });
    await Promise.all(Array.from({ length: 40 }, (_, i) => put(nc, String(i))));
    await vi.waitFor(async () => expect(await left(nc)).toBe(0), SOON);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('stands again after its stream was deleted and made anew', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const heard: string[] = [];
    const { ready } = subscribe(nc, {
      handle: async (message) => {
        heard.push(message.string());
        return undefined;
      },
    });
    await put(nc, 'before');
    await vi.waitFor(() => expect(heard).toEqual(['before']), SOON);
    await (await manager(nc)).streams.delete(QUERIES);
    await ensureStreams(nc, ownConsumers);
    await put(nc, 'after');
    await vi.waitFor(() => expect(heard).toEqual(['before', 'after']), SOON);
    expect(ready.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('waits for a stream that is not there yet', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    await (await manager(nc)).streams.delete(QUERIES);
    const handle = vi.fn(async () => undefined);
    const { ready } = subscribe(nc, { handle });
    await ensureStreams(nc, ownConsumers);
    await vi.waitFor(() => expect(ready).toHaveBeenCalled(), SOON);
    await put(nc, 'a');
    await vi.waitFor(() => expect(handle).toHaveBeenCalledTimes(1), SOON);
  });
});

describe('a question', () => {
  it('is one message for each attempt, however often it is published', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    await publishQuestion(nc, 'TAX', taxQuery(), 1);
    await publishQuestion(nc, 'TAX', taxQuery(), 1);
    expect(await left(nc)).toBe(1);
    await publishQuestion(nc, 'TAX', taxQuery(), 2);
    expect(await left(nc)).toBe(2);
    const last = await (await manager(nc)).streams.getMessage(QUERIES, { last_by_subj: 'queries.TAX' });
    expect(dataOf(last?.string() ?? '')).toMatchObject({ id: taxQuery().id, attempt: 2 });
    expect(last?.header.get('Correlation-Id')).toBe(taxQuery().correlationId);
  });
});

describe('the streams', () => {
  it('may be ensured again, and take a changed configuration', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    await ensureStreams(nc, ownConsumers);
    await ensureStreams(nc, { ...ownConsumers, duplicateWindowMs: 60_000 });
    const jsm = await manager(nc);
    for (const { name } of streamConfigs()) {
      expect((await jsm.streams.info(name)).config).toMatchObject({
        duplicate_window: 60_000 * 1e6,
        storage: 'file',
        retention: ['EVENTS', 'CHECKPOINTS'].includes(name) ? 'limits' : 'workqueue',
      });
    }
  });
});

describe('a closed connection', () => {
  it('ends its subscriptions without an error, and another one takes over what they held', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const short = await connectBus({ servers: engines().nats.url, name: 'short' });
    let holds = false;
    const first = consumeDurable({
      nc: short,
      stream: QUERIES,
      durable: 'TAX',
      filter: 'queries.TAX',
      ackWaitMs: 500,
      signal: new AbortController().signal,
      handle: async () => {
        holds = true;
        await short.closed();
        return undefined;
      },
    });
    await put(nc, 'a');
    await vi.waitFor(() => expect(holds).toBe(true), SOON);
    await short.close();
    await first;
    const heard = vi.fn(async () => undefined);
    subscribe(nc, { ackWaitMs: 500, handle: heard });
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), SOON);
  });
});

describe('a NATS server that is killed', () => {
  it('gets what was published meanwhile once after its restart, and serves its subscribers on', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    const heard: string[] = [];
    subscribe(nc, {
      handle: async (message) => {
        heard.push(message.string());
        return undefined;
      },
    });
    await put(nc, 'before');
    await vi.waitFor(() => expect(heard).toEqual(['before']), SOON);
    await engines().nats.kill('SIGKILL');
    const published = publishAcked(nc, { subject: 'queries.TAX', payload: 'meanwhile', msgId: 'm-1' });
    const late = connectBus({ servers: engines().nats.url, name: 'late' });
    await engines().nats.restart();
    expect(await published).toMatchObject({ stream: QUERIES });
    await vi.waitFor(() => expect(heard).toEqual(['before', 'meanwhile']), SOON);
    await (await late).close();
  });

  it('does not hold a publisher that is told to stop', async () => {
    const nc = await freshBus(engines().nats.url, ownConsumers);
    await engines().nats.kill('SIGKILL');
    const stop = new AbortController();
    const published = publishAcked(
      nc,
      { subject: 'queries.TAX', payload: 'x', msgId: 'm-2' },
      { signal: stop.signal },
    );
    stop.abort(new Error('told to stop'));
    await expect(published).rejects.toThrow('told to stop');
    await engines().nats.restart();
  });
});
