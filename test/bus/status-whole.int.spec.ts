import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import { describe, expect, it, vi } from 'vitest';
import { checkMirror } from '../../audit/checkMirror.ts';
import { HEAD_KEY, STATUS_BUCKET, STATUS_STREAM } from '../../bus/status/bucket.ts';
import { MirrorDisagreement } from '../../bus/status/disagreement.ts';
import { manager } from '../../bus/streams.ts';
import { readHead } from '../../store/read.ts';
import { useStore } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import {
  accountsIn,
  expectMirrored,
  freshBucket,
  held,
  mirrored,
  SOON,
  startMirror,
  streamOf,
} from './status.ts';

const engines = useEngines(['nats']);
const store = useStore();

const bucket = () => freshBucket(engines().nats.url);
const accounts = () => accountsIn(store.pool());
const kv = (nc: NatsConnection) => new Kvm(nc).open(STATUS_BUCKET);

describe('the status bucket', () => {
  it.each([
    ['purged', async (nc: NatsConnection) => (await manager(nc)).streams.purge(STATUS_STREAM)],
    ['deleted', async (nc: NatsConnection) => (await manager(nc)).streams.delete(STATUS_STREAM)],
    ['robbed of its head', async (nc: NatsConnection) => (await kv(nc)).delete(HEAD_KEY)],
    ['given nonsense for a head', async (nc: NatsConnection) => (await kv(nc)).put(HEAD_KEY, '"new"')],
  ])('is filled again from the log when it was %s under a running mirror', async (_, harm) => {
    const nc = await bucket();
    const { open, lock } = accounts();
    const number = await open();
    await lock(number);
    startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
    const before = await held(nc, number);
    await harm(nc);
    await vi.waitFor(async () => expect(await checkMirror(nc, store.pool())).toEqual([]), SOON);
    expect(await held(nc, number)).toEqual(before);
    await lock(await open());
    await expectMirrored(nc, store.pool());
  });

  it.each([
    ['deleted', async (nc: NatsConnection, number: string) => (await kv(nc)).delete(number)],
    ['purged', async (nc: NatsConnection, number: string) => (await kv(nc)).purge(number)],
    ['made nonsense', async (nc: NatsConnection, number: string) => (await kv(nc)).put(number, '{')],
    [
      'given another account’s entry',
      async (nc: NatsConnection, number: string) =>
        (await kv(nc)).put(number, JSON.stringify({ ...(await held(nc, number)), number: '1' })),
    ],
    [
      'falsified, with a position that the log has but not for this account',
      async (nc: NatsConnection, number: string) => {
        const { open, lock } = accounts();
        await lock(await open());
        const { position } = await readHead(store.pool());
        const forged = { ...(await held(nc, number)), status: 'ACTIVE', position };
        await (await kv(nc)).put(number, JSON.stringify(forged));
      },
    ],
    [
      'falsified',
      async (nc: NatsConnection, number: string) =>
        (await kv(nc)).put(number, JSON.stringify({ ...(await held(nc, number)), status: 'ACTIVE' })),
    ],
  ])('has a key that was %s put right by the next full check', async (_, harm) => {
    const nc = await bucket();
    const { open, lock } = accounts();
    const number = await open();
    await lock(number);
    const first = startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
    await first.stop();
    await harm(nc, number);
    expect(await checkMirror(nc, store.pool(), { withinMs: 0 })).toContainEqual(
      expect.objectContaining({ key: number }),
    );
    startMirror(nc, store.pool());
    await vi.waitFor(async () => expect(await checkMirror(nc, store.pool())).toEqual([]), SOON);
  });

  it('has a lost key put right without a new start, by the check that comes now and then', async () => {
    const nc = await bucket();
    const number = await accounts().open();
    startMirror(nc, store.pool(), { fullCheckEveryMs: 200 });
    await expectMirrored(nc, store.pool());
    await (await kv(nc)).delete(number);
    await vi.waitFor(async () => expect(await checkMirror(nc, store.pool())).toEqual([]), SOON);
  });
});

describe('a bucket that is ahead of the log', () => {
  it.each([
    ['by its head', HEAD_KEY, { schema: 'account-status-head/1', at: '2026-03-02T01:00:00.000Z' }],
    ['by an entry', '30999999999', undefined],
  ])('stops the mirror, %s', async (_, key, value) => {
    const nc = await bucket();
    const number = await accounts().open();
    const first = startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await first.stop();
    const forged = value ?? (await held(nc, number));
    const at = value ? key : number;
    await (await kv(nc)).put(at, JSON.stringify({ ...forged, position: 1_000_000 }));
    const error = await startMirror(nc, store.pool()).ended.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MirrorDisagreement);
    expect(error).toMatchObject({ code: 'EID_ERR_STREAM_DISAGREES', position: 1_000_000 });
  });
});

describe('the check of the bucket', () => {
  it('names every key that is not the fold of the log, and a bucket that is behind', async () => {
    const nc = await bucket();
    const { open, lock } = accounts();
    const [lost, changed] = [await open(), await open()];
    const running = startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
    await running.stop();
    const old = await held(nc, changed);
    const writer = await kv(nc);
    await writer.delete(lost);
    await writer.put(changed, JSON.stringify({ ...old, status: 'ACTIVE' }));
    await writer.put('1', JSON.stringify({ ...old, number: '1' }));
    await writer.put('2', 'nonsense');
    await lock(lost);
    const found = await checkMirror(nc, store.pool(), { withinMs: 0 });
    expect(found.map(({ key, what }) => [key, what])).toEqual([
      ['head', 'BEHIND'],
      [lost, 'MISSING'],
      [changed, 'DIFFERS'],
      ['1', 'NOBODYS'],
      ['2', 'NOBODYS'],
    ]);
  });

  it('looks at the events and not at the read models', async () => {
    const nc = await bucket();
    const number = await accounts().open();
    const running = startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
    await running.stop();
    const spoil = `update orgeid.cases set state = jsonb_set(state, '{status}', $2) where stream = $1`;
    await store.pool().query(spoil, [streamOf(number), '"ACTIVE"']);
    expect(await checkMirror(nc, store.pool())).toEqual([]);
    await (await manager(nc)).streams.purge(STATUS_STREAM);
    const misled = startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await misled.stop();
    expect(await checkMirror(nc, store.pool())).toMatchObject([{ key: number, what: 'DIFFERS' }]);
    await store.pool().query(spoil, [streamOf(number), '"ISSUED"']);
  });
});
