import type { NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { manager, QUERIES } from '../../bus/streams.ts';
import { defineAdapter, type LookupResult, type RegistryAdapter } from '../../registries/kit/adapter.ts';
import { type RunOptions, runAdapter } from '../../registries/kit/run.ts';
import { queryTo, taxQuery } from '../bus/questions.ts';
import { freshBus } from '../bus/stream.ts';
import { useEngines } from '../support/engines.ts';
import { listen, parsed, put, putRaw } from './answers.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 15_000, interval: 20 };
const found: LookupResult = {
  outcome: 'FOUND',
  reference: 'GDT-1',
  status: 'ACTIVE',
  values: { name_vi: 'Công ty TNHH Ví Dụ' },
};

function run(nc: NatsConnection, adapter: Partial<RegistryAdapter>, options: Partial<RunOptions> = {}) {
  const stop = new AbortController();
  const tax = defineAdapter<RegistryAdapter>({
    party: 'TAX',
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
    await putRaw(nc, 'TAX', JSON.stringify(taxQuery()));
    await putRaw(nc, 'TAX', JSON.stringify(taxQuery()));
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
    const results: LookupResult[] = [{ outcome: 'UNAVAILABLE', detail: 'maintenance' }, found];
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
    expect(parsed(received)).toMatchObject([{ outcome: 'UNAVAILABLE' }]);
  });

  it('terminates what is no question for it, logs only code and path, and goes on', async () => {
    const nc = await freshBus(engines().nats.url);
    const received = listen(nc);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    run(nc, {}, { log });
    await putRaw(nc, 'TAX', '{"schema":');
    await putRaw(nc, 'TAX', JSON.stringify({ ...taxQuery(), subject: { personNumber: 1 } }));
    await putRaw(nc, 'TAX', JSON.stringify(queryTo('BUSINESS')));
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
