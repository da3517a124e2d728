import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NatsConnection } from '@nats-io/nats-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { ensureStreams } from '../../bus/streams.ts';
import { commandFault } from '../../registries/mock/control.ts';
import { type SpawnedParty, spawnParty } from '../../registries/spawn.ts';
import { type Party, Registry } from '../../schemas/registry.ts';
import { queryTo, smsOrder } from '../bus/questions.ts';
import { useEngines } from '../support/engines.ts';
import { listen, parsed, put, type Received } from './answers.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 20_000, interval: 20 };
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const values = {
  name_vi: 'Công ty TNHH Ví Dụ',
  address: 'Hưng Yên',
  tax_code: '0100000001',
  representative_name: 'Nguyễn Văn Ví Dụ',
};
const records = [
  { keys: { code: '0100000001', taxCode: '0100000001', personNumber: '001099000001' }, values },
  { keys: { taxCode: '0100000002' }, status: 'DISSOLVED', statusSince: '2024-01-31', values },
  { keys: { taxCode: '0100000003' }, values, fault: 'SILENT', faultTimes: 1 },
  { keys: { taxCode: '0100000004' }, values, fault: 'UNAVAILABLE', faultMs: 700, faultTimes: 1 },
];
const rules = [
  { match: '+84900000002', outcome: 'FAILED' },
  { match: '+84900000003', outcome: 'SILENT' },
  { match: '+84900000004', outcome: 'DELIVERED', afterMs: 150 },
];

let folder: string;
let nc: NatsConnection;
const parties: SpawnedParty[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
  writeFileSync(join(folder, 'records.json'), JSON.stringify({ records }));
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ rules }));
  nc = await connectBus({ servers: engines().nats.url, name: 'test' });
  await ensureStreams(nc, { queryAckWaitMs: 2_000 });
  const start = (party: Party, file: string) =>
    spawnParty({ party, natsUrl: engines().nats.url, dataFile: join(folder, file) });
  const registries = Registry.options.map((party) => start(party, 'records.json'));
  parties.push(...(await Promise.all([...registries, start('SMS', 'rules.json')])));
});

beforeEach(async () => {
  await Promise.all(parties.map(({ party }) => commandFault(nc, party, { fault: 'NONE' })));
});

afterAll(async () => {
  await Promise.all(parties.map((party) => party.stop()));
  await nc?.close();
  rmSync(folder, { recursive: true, force: true });
});

let serial = 0;
/** A question id that no other test used. */
const fresh = (middle: string) => `registration-p${++serial}.${middle}.1`;
const taxOf = (taxCode: string, change = {}) =>
  queryTo('TAX', {
    id: fresh('TAX'),
    subject: { category: 'ENTERPRISE', taxCode, nameVi: 'Công ty TNHH Ví Dụ' },
    ...change,
  });
const come = (received: readonly Received[], count: number) =>
  vi.waitFor(() => expect(received).toHaveLength(count), SOON);
const lookups = async (party: Party) => (await commandFault(nc, party, undefined)).lookups;

describe('a mock registry', () => {
  it.each(Registry.options)('answers as %s with the fields asked for', async (registry) => {
    const received = listen(nc);
    await put(nc, queryTo(registry, { id: fresh(registry) }));
    await come(received, 1);
    const { name_vi, address, representative_name } = values;
    expect(parsed(received)).toMatchObject([{ registry, outcome: 'FOUND', status: 'ACTIVE' }]);
    expect((parsed(received)[0] as { values: unknown }).values).toEqual({
      name_vi,
      address,
      representative_name,
    });
  });

  it('says that a record has ended, and that it holds none', async () => {
    const received = listen(nc);
    await put(nc, taxOf('0100000002'));
    await come(received, 1);
    await put(nc, taxOf('0109999999'));
    await come(received, 2);
    expect(parsed(received)).toMatchObject([
      { outcome: 'FOUND', status: 'DISSOLVED', statusSince: '2024-01-31' },
      { outcome: 'NOT_FOUND' },
    ]);
  });

  it('is silent the first time and answers the second attempt, when its data say so', async () => {
    const received = listen(nc);
    const question = taxOf('0100000003');
    await put(nc, question);
    await put(nc, taxOf('0100000001'));
    await come(received, 1);
    expect(parsed(received)).not.toMatchObject([{ queryId: question.id }]);
    await put(nc, { ...question, attempt: 2 });
    await come(received, 2);
    expect(parsed(received)[1]).toMatchObject({ queryId: question.id, outcome: 'FOUND' });
  });

  it('asks to be asked again, and then answers', async () => {
    const received = listen(nc);
    const question = taxOf('0100000004');
    await put(nc, question);
    await come(received, 1);
    await put(nc, { ...question, attempt: 2 });
    await come(received, 2);
    expect(parsed(received)).toMatchObject([
      { outcome: 'UNAVAILABLE', retryAfterMs: 700 },
      { outcome: 'FOUND' },
    ]);
  });

  it('looks a question up once, however many attempts ask it', async () => {
    const received = listen(nc);
    const before = await lookups('TAX');
    const question = taxOf('0100000001');
    for (const attempt of [1, 2, 3]) await put(nc, { ...question, attempt });
    await come(received, 3);
    expect(new Set(received.map(({ text }) => text)).size).toBe(1);
    expect(await lookups('TAX')).toBe(before + 1);
  });

  it('answers late when it is commanded SLOW', async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'SLOW', ms: 400, key: '0100000001' });
    const [slow, quick] = [taxOf('0100000001'), taxOf('0100000002')];
    await put(nc, slow);
    await put(nc, quick);
    await come(received, 2);
    expect(parsed(received)).toMatchObject([{ queryId: quick.id }, { queryId: slow.id }]);
  });

  it('sends its answer twice under one id when it is commanded TWICE', async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'TWICE' });
    await put(nc, taxOf('0100000001'));
    await come(received, 2);
    expect(received[1]).toEqual(received[0]);
  });

  it('answers with other values when it is commanded WRONG', async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'WRONG', times: 1 });
    await put(nc, taxOf('0100000001'));
    await come(received, 1);
    await put(nc, taxOf('0100000001'));
    await come(received, 2);
    const names = parsed(received).map(
      (answer) => (answer as { values: { name_vi: string } }).values.name_vi,
    );
    expect(names[0]).not.toBe(values.name_vi);
    expect(names[1]).toBe(values.name_vi);
  });

  it('sends what is no answer when it is commanded GARBAGE', async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'GARBAGE' });
    await put(nc, taxOf('0100000001'));
    await come(received, 1);
    expect(received[0]?.subject).toBe('answers.TAX');
    expect(() => parsed(received)).toThrow(SyntaxError);
  });

  it("answers on another party's subject when it is commanded MISADDRESSED", async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'MISADDRESSED' });
    await put(nc, taxOf('0100000001'));
    await come(received, 1);
    expect(received[0]?.subject).not.toBe('answers.TAX');
  });

  it('is unavailable, or fails inside, when it is commanded so', async () => {
    const received = listen(nc);
    await commandFault(nc, 'TAX', { fault: 'UNAVAILABLE', ms: 50 });
    await put(nc, taxOf('0100000001'));
    await come(received, 1);
    await commandFault(nc, 'TAX', { fault: 'ERROR', times: 2 });
    await put(nc, taxOf('0100000001'));
    await come(received, 2);
    expect(parsed(received)).toMatchObject([
      { outcome: 'UNAVAILABLE', retryAfterMs: 50 },
      { outcome: 'FOUND' },
    ]);
  });

  it('consumes nothing while it is DOWN, and everything afterwards', async () => {
    const received = listen(nc);
    const before = await lookups('TAX');
    expect(await commandFault(nc, 'TAX', { fault: 'DOWN' })).toMatchObject({ down: true });
    await put(nc, taxOf('0100000001'));
    await put(nc, queryTo('BUSINESS', { id: fresh('BUSINESS') }));
    await come(received, 1);
    expect(await lookups('TAX')).toBe(before);
    expect(await commandFault(nc, 'TAX', { fault: 'NONE' })).toMatchObject({ down: false });
    await come(received, 2);
    expect(parsed(received)).toMatchObject([{ registry: 'BUSINESS' }, { registry: 'TAX' }]);
  });

  it('refuses a command that it does not know', async () => {
    const unknown = JSON.stringify({ fault: 'EXPLODE' });
    const reply = await nc.request('control.TAX', unknown);
    expect(reply.json()).toMatchObject({ ok: false });
  });
});

describe('a mock channel', () => {
  const orderTo = (address: string) =>
    smsOrder({ id: fresh('notice-1'), to: { name: 'Nguyễn Văn Ví Dụ', address } });

  it('delivers at once, later, or fails, by address', async () => {
    const received = listen(nc);
    for (const [i, address] of ['+84900000001', '+84900000002', '+84900000004'].entries()) {
      await put(nc, orderTo(address));
      await come(received, i + 1);
    }
    expect(received.map(({ subject }) => subject)).toEqual(['answers.SMS', 'answers.SMS', 'answers.SMS']);
    expect(parsed(received)).toMatchObject([
      { schema: 'notice-receipt/1', outcome: 'DELIVERED' },
      { outcome: 'FAILED' },
      { outcome: 'DELIVERED' },
    ]);
  });

  it('is silent about an address, and takes the same commands as a registry', async () => {
    const received = listen(nc);
    const before = await lookups('SMS');
    await put(nc, orderTo('+84900000003'));
    await vi.waitFor(async () => expect(await lookups('SMS')).toBe(before + 1), SOON);
    await commandFault(nc, 'SMS', { fault: 'WRONG' });
    const failing = orderTo('+84900000001');
    await put(nc, failing);
    await come(received, 1);
    expect(parsed(received)).toMatchObject([{ orderId: failing.id, outcome: 'FAILED' }]);
  });
});

describe('the process of a party', () => {
  it('answers again after it was killed in the middle of a look-up and started anew', async () => {
    const received = listen(nc);
    const start = () => spawnParty({ party: 'EMAIL', natsUrl: engines().nats.url });
    const first = await start();
    await commandFault(nc, 'EMAIL', { fault: 'SLOW', ms: 60_000 });
    const order = smsOrder({ channel: 'EMAIL', id: fresh('notice-1') });
    await put(nc, order);
    await vi.waitFor(async () => expect(await lookups('EMAIL')).toBe(1), SOON);
    await first.kill();
    const second = await start();
    await come(received, 1);
    await second.kill();
    expect(parsed(received)).toMatchObject([{ orderId: order.id, channel: 'EMAIL', outcome: 'DELIVERED' }]);
  });

  it('ends when the process that started it is gone', async () => {
    const script = `
      import { spawnParty } from './registries/spawn.ts';
      const party = await spawnParty({ party: 'VNEID', natsUrl: ${JSON.stringify(engines().nats.url)} });
      console.log(party.pid);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), SOON);
  });

  it('names what is wrong with its arguments or data', async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, JSON.stringify({ records: [{ keys: {}, values: {}, fault: 'EXPLODE' }] }));
    const start = spawnParty({ party: 'TAX', natsUrl: engines().nats.url, dataFile: file });
    await expect(start).rejects.toThrow(/EID_ERR_USAGE.*records\.0\.fault/);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
