import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { consumeDurable } from '../../bus/consume.ts';
import { CHANGES, ensureStreams, manager } from '../../bus/streams.ts';
import { publishChange } from '../../registries/kit/publish.ts';
import { commandChange } from '../../registries/mock/control.ts';
import { type SpawnedParty, spawnParty } from '../../registries/spawn.ts';
import { RegistryChange } from '../../schemas/change.ts';
import { changeOf } from '../bus/changes.ts';
import { dataOf } from '../bus/envelope.ts';
import { queryTo } from '../bus/questions.ts';
import { useEngines } from '../support/engines.ts';
import { listen, parsed, put } from './answers.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 20_000, interval: 20 };
const values = { name_vi: 'Công ty TNHH Ví Dụ', address: 'Số 1 đường Ví Dụ' };
const CODES = ['0100000001', '0100000002', '0100000003', '0100000004', '0100000005'] as const;

let folder: string;
let nc: NatsConnection;
let business: SpawnedParty;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
  const dataFile = join(folder, 'records.json');
  writeFileSync(dataFile, JSON.stringify({ records: CODES.map((code) => ({ keys: { code }, values })) }));
  nc = await connectBus({ servers: engines().nats.url, name: 'test' });
  await ensureStreams(nc);
  business = await spawnParty({ party: 'BUSINESS', natsUrl: engines().nats.url, dataFile });
});

afterAll(async () => {
  await business?.stop();
  await nc?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Collects what is published on `changes.*` from now on, until the running test ends. */
async function heard(): Promise<RegistryChange[]> {
  await (await manager(nc)).streams.purge(CHANGES);
  const changes: RegistryChange[] = [];
  const stop = new AbortController();
  const ended = consumeDurable({
    nc,
    stream: CHANGES,
    durable: 'test',
    filter: 'changes.*',
    maxAckPending: 1,
    signal: stop.signal,
    handle: async (message) => {
      expect(message.subject).toBe('changes.BUSINESS');
      changes.push(RegistryChange.parse(dataOf(message.string())));
      return undefined;
    },
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return changes;
}
const come = (changes: readonly unknown[], count: number) =>
  vi.waitFor(() => expect(changes).toHaveLength(count), SOON);

let serial = 0;
/** Asks for records, within one test. */
function lookingUp(): (code: string) => Promise<unknown> {
  const received = listen(nc);
  return async (code) => {
    const id = `registration-c${++serial}.BUSINESS.1`;
    const subject = { category: 'ENTERPRISE' as const, code, nameVi: 'Ví Dụ' };
    const before = received.length;
    await put(nc, queryTo('BUSINESS', { id, subject, fields: ['name_vi', 'address'] }));
    await come(received, before + 1);
    return parsed(received).at(-1);
  };
}

describe('publishing a change', () => {
  it('is one message however often the same change is published', async () => {
    const changes = await heard();
    const change = changeOf({ id: 'kit-1' });
    await publishChange(nc, change);
    await publishChange(nc, change);
    await publishChange(nc, changeOf({ id: 'kit-2' }));
    await come(changes, 2);
    expect(changes.map(({ id }) => id)).toEqual(['kit-1', 'kit-2']);
  });

  it('waits for NATS and then stores the change once', async () => {
    const changes = await heard();
    const { nats } = engines();
    await nats.kill();
    const published = publishChange(nc, changeOf({ id: 'kit-3' }));
    await nats.restart();
    await published;
    await publishChange(nc, changeOf({ id: 'kit-after' }));
    await come(changes, 2);
    expect(changes.map(({ id }) => id)).toEqual(['kit-3', 'kit-after']);
  });

  it('refuses what is no change before anybody hears of it', async () => {
    const wrong = { ...changeOf({ id: 'kit-4' }), subject: {} };
    await expect(publishChange(nc, wrong)).rejects.toThrow('EID_ERR_SHAPE_CHANGE_SUBJECT');
  });
});

describe('a mock registry that is commanded to change a record', () => {
  it('publishes the change and answers with the new data from then on', async () => {
    const lookUp = lookingUp();
    const changes = await heard();
    const made = await commandChange(nc, 'BUSINESS', {
      key: CODES[0],
      values: { address: 'Số 2 đường Ví Dụ' },
      status: 'SUSPENDED',
    });
    await come(changes, 1);
    expect(changes).toEqual([made]);
    expect(made).toMatchObject({
      subject: { code: CODES[0] },
      values: { address: 'Số 2 đường Ví Dụ' },
      status: 'SUSPENDED',
    });
    expect(await lookUp(CODES[0])).toMatchObject({
      status: 'SUSPENDED',
      values: { ...values, address: 'Số 2 đường Ví Dụ' },
    });
  });

  it('names the organisation by its code before the change, and finds it under the new one afterwards', async () => {
    const lookUp = lookingUp();
    const changes = await heard();
    await commandChange(nc, 'BUSINESS', { key: CODES[1], values: { enterprise_code: '0200000002' } });
    await come(changes, 1);
    expect(changes[0]?.subject).toEqual({ code: CODES[1] });
    expect(await lookUp('0200000002')).toMatchObject({ outcome: 'FOUND' });
    expect(await lookUp(CODES[1])).toMatchObject({ outcome: 'NOT_FOUND' });
    await commandChange(nc, 'BUSINESS', { key: '0200000002', status: 'CEASED' });
    await come(changes, 2);
    expect(changes[1]?.subject).toEqual({ code: '0200000002' });
  });

  it('sends the same change twice, keeps one back, or tells nobody', async () => {
    const lookUp = lookingUp();
    const changes = await heard();
    const change = (name_vi: string, publish: 'ONCE' | 'TWICE' | 'AFTER_NEXT' | 'NEVER') =>
      commandChange(nc, 'BUSINESS', { key: CODES[2], values: { name_vi }, publish });
    await change('A', 'NEVER');
    await change('B', 'AFTER_NEXT');
    await change('C', 'TWICE');
    await come(changes, 3);
    const [first, second, third] = changes;
    expect([first?.values.name_vi, second?.id, third?.values.name_vi]).toEqual(['C', first?.id, 'B']);
    expect(Date.parse(third?.changedAt ?? '')).toBeLessThan(Date.parse(first?.changedAt ?? ''));
    expect(await lookUp(CODES[2])).toMatchObject({ values: { name_vi: 'C' } });
  });

  it('publishes about an organisation that it does not hold when it is named, and refuses when it is not', async () => {
    const changes = await heard();
    await expect(commandChange(nc, 'BUSINESS', { key: '0999999999' })).rejects.toThrow('EID_ERR_SHAPE');
    await commandChange(nc, 'BUSINESS', { key: '0999999999', subject: { code: '0999999999' } });
    await come(changes, 1);
    expect(changes[0]?.subject).toEqual({ code: '0999999999' });
  });
});
