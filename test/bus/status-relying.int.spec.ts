import type { NatsConnection } from '@nats-io/nats-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ACKS, ensureStreams, manager } from '../../bus/streams.ts';
import { tellService } from '../../registries/relying/control.ts';
import { type Listener, spawnRelyingService } from '../../registries/spawn.ts';
import type { StatusAcknowledgement } from '../../schemas/account-status.ts';
import { useStore } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import { accountsIn, freshBucket, mirrored, SOON, startMirror } from './status.ts';

const engines = useEngines(['nats']);
const store = useStore();
const SERVICE = 'TAX-PORTAL';

async function start(): Promise<NatsConnection> {
  const nc = await freshBucket(engines().nats.url);
  await (await manager(nc)).streams.delete(ACKS).catch(() => false);
  await ensureStreams(nc);
  startMirror(nc, store.pool());
  await mirrored(nc, store.pool());
  return nc;
}

async function service(): Promise<Listener> {
  const listener = await spawnRelyingService(SERVICE, { natsUrl: engines().nats.url });
  onTestFinished(() => listener.kill());
  return listener;
}

/** Everything that was said, in order; nobody takes it off the stream here. */
async function said(nc: NatsConnection): Promise<StatusAcknowledgement[]> {
  const { streams } = await manager(nc);
  const { first_seq, last_seq } = (await streams.info(ACKS)).state;
  const all: StatusAcknowledgement[] = [];
  for (let seq = first_seq; seq <= last_seq; seq++) {
    const message = await streams.getMessage(ACKS, { seq });
    if (message) all.push(message.json<StatusAcknowledgement>());
  }
  return all;
}
const saidOf = async (nc: NatsConnection, number: string) =>
  (await said(nc)).filter((ack) => ack.number === number).map(({ seq }) => seq);
const accounts = () => accountsIn(store.pool());

it('a relying service obeys and acknowledges each lock that it sees once, those from before it began too', async () => {
  const nc = await start();
  const { open, lock, unlock } = accounts();
  const number = await open();
  await lock(number);
  await service();
  await vi.waitFor(async () => expect(await saidOf(nc, number)).toEqual([1]), SOON);
  expect(await tellService(nc, SERVICE, { number })).toMatchObject({
    obeyed: 1,
    owed: 0,
    entry: { status: 'LOCKED', seq: 1 },
    age: { behind: false },
  });
  await unlock(number);
  await lock(number);
  await vi.waitFor(async () => expect(await saidOf(nc, number)).toEqual([1, 3]), SOON);
  expect(await said(nc)).toMatchObject([{ service: SERVICE }, { service: SERVICE }]);
});

it('a relying service that was killed says again what it said, under the same id', async () => {
  const nc = await start();
  const { open, lock } = accounts();
  const number = await open();
  await lock(number);
  const first = await service();
  await vi.waitFor(async () => expect(await saidOf(nc, number)).toEqual([1]), SOON);
  await first.kill();
  const other = await open();
  await lock(other);
  await service();
  await vi.waitFor(async () => expect(await saidOf(nc, other)).toEqual([1]), SOON);
  expect(await saidOf(nc, number)).toEqual([1]);
});

it('a relying service misbehaves as commanded', async () => {
  const nc = await start();
  const { open, lock } = accounts();
  const [silent, wrong, twice, slow] = [await open(), await open(), await open(), await open()];
  await service();
  await tellService(nc, SERVICE, { fault: 'SILENT', number: silent });
  await tellService(nc, SERVICE, { fault: 'WRONG', number: wrong });
  await tellService(nc, SERVICE, { fault: 'TWICE', number: twice });
  await tellService(nc, SERVICE, { fault: 'SLOW', ms: 500, number: slow });
  const before = Date.now();
  for (const number of [silent, wrong, twice, slow]) await lock(number);
  await vi.waitFor(async () => expect(await saidOf(nc, slow)).toEqual([1]), SOON);
  expect(Date.now() - before).toBeGreaterThanOrEqual(500);
  expect(await saidOf(nc, twice)).toEqual([1, 1]);
  expect(await saidOf(nc, wrong)).toEqual([2]);
  expect(await saidOf(nc, silent)).toEqual([]);
  expect(await tellService(nc, SERVICE, { number: silent })).toMatchObject({
    owed: 2,
    entry: { status: 'LOCKED' },
  });
  await tellService(nc, SERVICE, { fault: 'NONE' });
  await vi.waitFor(async () => expect(await saidOf(nc, silent)).toEqual([1]), SOON);
  await vi.waitFor(async () => expect(await saidOf(nc, wrong)).toEqual([2, 1]), SOON);
  await expect(tellService(nc, SERVICE, JSON.parse('{"fault":"LAZY"}'))).rejects.toThrow('EID_ERR_SHAPE');
});
