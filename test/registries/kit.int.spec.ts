import type { NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CHANGES, manager, QUERIES } from '../../bus/streams.ts';
import { defineAdapter, type RegistryDefinition, type ToldChange } from '../../registries/kit/adapter.ts';
import { cursorInMemory } from '../../registries/kit/cursor.ts';
import { meterOf } from '../../registries/kit/meter.ts';
import {
  found as foundOf,
  type LookupResult,
  notFound,
  refused,
  tryLater,
} from '../../registries/kit/results.ts';
import { type RunOptions, runAdapter } from '../../registries/kit/run.ts';
import { dataOf } from '../bus/envelope.ts';
import { queryTo, taxQuery } from '../bus/questions.ts';
import { freshBus } from '../bus/stream.ts';
import { useEngines } from '../support/engines.ts';
import { listen, parsed, put, putRaw } from './answers.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 15_000, interval: 20 };
const found = foundOf({ reference: 'GDT-1', status: 'ACTIVE', values: { name_vi: 'Công ty TNHH Ví Dụ' } });

function run(nc: NatsConnection, adapter: Partial<RegistryDefinition>, options: Partial<RunOptions> = {}) {
  const stop = new AbortController();
  const tax = defineAdapter({
    registry: 'TAX',
    concurrency: 4,
    lookup: async () => found,
    ...adapter,
  });
  const common = { log: pino({ level: 'silent' }), signal: stop.signal, maxRetryMs: 50, ...options };
  const ended = runAdapter(tax, { ...common, nc, servers: undefined });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return {
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

const left = async (nc: NatsConnection) => (await (await manager(nc)).streams.info(QUERIES)).state.messages;
const asked = (nc: NatsConnection) => vi.waitFor(async () => expect(await left(nc)).toBe(0), SOON);

describe('an adapter', () => {
  it('answers with its own reference, the id of the question and its correlation id', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    run(nc, {});
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    expect(received[0]).toMatchObject({ subject: 'answers.TAX', correlationId: 'correlation-1' });
    expect(parsed(received)).toMatchObject([
      { id: 'registration-1.TAX.1:TAX', queryId: 'registration-1.TAX.1', registry: 'TAX', ...found },
    ]);
  });

  it('looks a repeated question up once and gives each attempt the same answer', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const lookup = vi.fn(async () => found);
    run(nc, { lookup });
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    await put(nc, taxQuery({ attempt: 2 }));
    await vi.waitFor(() => expect(received).toHaveLength(2), SOON);
    expect(received[1]).toEqual(received[0]);
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it('sends one answer for a question that was delivered twice', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    run(nc, {});
    await putRaw(nc, 'TAX', taxQuery());
    await putRaw(nc, 'TAX', taxQuery());
    await asked(nc);
    await put(nc, taxQuery({ id: 'registration-2.TAX.1' }));
    await vi.waitFor(() => expect(received).toHaveLength(2), SOON);
    expect(parsed(received)).toMatchObject([
      { queryId: 'registration-1.TAX.1' },
      { queryId: 'registration-2.TAX.1' },
    ]);
  });

  it('asks again after "unavailable", and the later answer is not taken for a duplicate', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const results: LookupResult[] = [tryLater('maintenance'), found];
    run(nc, { lookup: async () => results.shift() ?? found });
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    await put(nc, taxQuery({ attempt: 2 }));
    await vi.waitFor(() => expect(received).toHaveLength(2), SOON);
    expect(parsed(received)).toMatchObject([{ outcome: 'UNAVAILABLE' }, { outcome: 'FOUND' }]);
  });

  it('tries a look-up that throws again, and never calls it "not found"', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const lookup = vi.fn(async (): Promise<LookupResult> => {
      throw new Error('broken');
    });
    run(nc, { lookup });
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    expect(lookup).toHaveBeenCalledTimes(5);
    expect(parsed(received)).toMatchObject([{ outcome: 'UNAVAILABLE', cause: 'BROKEN' }]);
  });

  it.each([
    ['NOT_FOUND', notFound('GDT-2'), {}],
    ['REFUSED', refused('NOT_AUTHORISED', 'no agreement'), { reason: 'NOT_AUTHORISED' }],
    ['UNAVAILABLE', tryLater('maintenance', 500), { cause: 'BUSY', retryAfterMs: 500 }],
  ])('says %s as the look-up did, in an envelope of its own registry', async (outcome, result, more) => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    run(nc, { lookup: () => result });
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    expect(parsed(received)).toMatchObject([{ outcome, attempt: 1, ...more }]);
    expect(JSON.parse(received[0]?.text ?? '')).toMatchObject({
      specversion: '1.0',
      source: '/registries/TAX',
      type: 'orgeid.registry.answer.v1',
    });
  });

  it('leaves attempts whose time is over to the last one, which it answers however late', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const answerBy = new Date(Date.now() - 60_000).toISOString();
    for (const attempt of [1, 2, 3]) await put(nc, taxQuery({ attempt, attempts: 3, answerBy }));
    const lookup = vi.fn(() => found);
    const meter = meterOf('TAX');
    run(nc, { lookup }, { meter });
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    await asked(nc);
    expect(parsed(received)).toMatchObject([{ queryId: taxQuery().id, attempt: 3, outcome: 'FOUND' }]);
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(meter.totals()).toMatchObject({ setAside: 2, answered: 1 });
  });

  it('makes no more look-ups at once than it may', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    let most = 0;
    let now = 0;
    let open = () => {};
    const gate = new Promise<void>((go) => {
      open = go;
    });
    const lookup = async () => {
      most = Math.max(most, ++now);
      await gate;
      now--;
      return found;
    };
    run(nc, { lookup, concurrency: 2 });
    for (let i = 1; i <= 5; i++) await put(nc, taxQuery({ id: `registration-${i}.TAX.1` }));
    await vi.waitFor(() => expect(now).toBe(2), SOON);
    open();
    await vi.waitFor(() => expect(received).toHaveLength(5), SOON);
    expect(most).toBe(2);
  });

  it('publishes the changes that it is told in order and once, and goes on after a break where it was', async () => {
    const nc = await freshBus(engines().nats.url);
    await (await manager(nc)).streams.purge(CHANGES);
    const told = ['1', '2', '3', '4'].map(
      (n): ToldChange => ({
        id: `change-${n}`,
        cursor: n,
        reference: 'GCN',
        changedAt: '2025-04-02T01:00:00.000Z',
        subject: { code: '0100000001' },
      }),
    );
    const since: (string | undefined)[] = [];
    const meter = meterOf('TAX');
    async function* changes({ since: after }: { readonly since: string | undefined }) {
      since.push(after);
      for (const change of told) {
        if (after !== undefined && Number(change.cursor) <= Number(after)) continue;
        if (change.cursor === '3' && since.length === 1) throw new Error('the registry hung up');
        yield change;
        if (change.cursor === '3') yield change;
        if (change.cursor === '3') yield { ...change, id: '' };
      }
    }
    run(nc, { changes }, { meter, cursor: cursorInMemory() });
    const left = async () => (await (await manager(nc)).streams.info(CHANGES)).state.messages;
    await vi.waitFor(async () => expect(await left()).toBe(4), SOON);
    await vi.waitFor(() => expect(meter.totals()).toMatchObject({ changes: 6 }), SOON);
    expect(since.slice(0, 2)).toEqual([undefined, '2']);
    const jsm = await manager(nc);
    const { first_seq } = (await jsm.streams.info(CHANGES)).state;
    const stored = await Promise.all(
      [0, 1, 2, 3].map((n) => jsm.streams.getMessage(CHANGES, { seq: first_seq + n })),
    );
    expect(stored.map((message) => dataOf(message?.string() ?? ''))).toMatchObject(
      ['1', '2', '3', '4'].map((n) => ({ id: `change-${n}`, registry: 'TAX', schema: 'registry-change/1' })),
    );
  });

  it('terminates what is no question for it, logs only code and path, and goes on', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    run(nc, {}, { log });
    await putRaw(nc, 'TAX', '{"schema":');
    await putRaw(nc, 'TAX', { ...taxQuery(), subject: { personNumber: 1 } });
    await putRaw(nc, 'TAX', queryTo('BUSINESS'));
    await put(nc, taxQuery());
    await asked(nc);
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
    const text = lines.join('');
    expect(text).toContain('EID_ERR_SHAPE');
    expect(text).toContain('EID_ERR_MISADDRESSED');
    for (const secret of ['Ví Dụ', '001099000001', '0100000001']) expect(text).not.toContain(secret);
  });

  it('leaves a question that it could not finish to the next one when it stops', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    let started = false;
    const first = run(nc, {
      lookup: (_, { signal }) => {
        started = true;
        return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await put(nc, taxQuery());
    await vi.waitFor(() => expect(started).toBe(true), SOON);
    await first.stop();
    expect(received).toEqual([]);
    run(nc, {});
    await vi.waitFor(() => expect(received).toHaveLength(1), SOON);
  });
});
