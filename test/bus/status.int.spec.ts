import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import { describe, expect, it, vi } from 'vitest';
import { HEAD_KEY, readHeadEntry, STATUS_BUCKET, STATUS_STREAM } from '../../bus/status/bucket.ts';
import { putEntries } from '../../bus/status/put.ts';
import { manager } from '../../bus/streams.ts';
import type { AccountStatusEntry } from '../../schemas/account-status.ts';
import { readHead, readStream } from '../../store/read.ts';
import { useStore } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import {
  accountsIn,
  expectMirrored,
  freshBucket,
  held,
  logOf,
  mirrored,
  quiet,
  SOON,
  startMirror,
  streamOf,
} from './status.ts';

const engines = useEngines(['nats']);
const store = useStore();

const bucket = () => freshBucket(engines().nats.url);
const accounts = () => accountsIn(store.pool());
const lastPosition = async (number: string) =>
  (await readStream(store.pool(), streamOf(number))).at(-1)?.position;
const kv = (nc: NatsConnection) => new Kvm(nc).open(STATUS_BUCKET);
const head = async (nc: NatsConnection) => (await readHeadEntry(nc)).value;

describe('the status bucket', () => {
  it('holds every account with the log position of its last event, those from before and new ones', async () => {
    const nc = await bucket();
    const { open, lock, another } = accounts();
    const [before, locked] = [await open(), await open()];
    await lock(locked);
    startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    expect(await held(nc, before)).toEqual({
      schema: 'account-status/1',
      number: before,
      status: 'ISSUED',
      grounds: [],
      seq: 0,
      position: await lastPosition(before),
      at: '2026-03-02T01:00:00.000Z',
    });
    expect(await held(nc, locked)).toMatchObject({ status: 'LOCKED', grounds: ['OWNER_REQUEST'], seq: 1 });
    const added = await open();
    await another();
    await expectMirrored(nc, store.pool());
    expect(await held(nc, added)).toMatchObject({ status: 'ISSUED', position: await lastPosition(added) });
    expect((await head(nc))?.position).toBe((await readHead(store.pool())).position);
  });

  it('follows a lock and an unlock', async () => {
    const nc = await bucket();
    const { open, lock, unlock } = accounts();
    const number = await open();
    startMirror(nc, store.pool());
    const shows = (expected: object) =>
      vi.waitFor(async () => expect(await held(nc, number)).toMatchObject(expected), SOON);
    await shows({ status: 'ISSUED', seq: 0 });
    await lock(number);
    await shows({ status: 'LOCKED', grounds: ['OWNER_REQUEST'], seq: 1 });
    await unlock(number);
    await shows({ status: 'ISSUED', grounds: [], seq: 2 });
  });

  it('is an ordinary key-value bucket to any client', async () => {
    const nc = await bucket();
    const number = await accounts().open();
    startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    const reader = await kv(nc);
    expect((await reader.get(number))?.json()).toEqual(await held(nc, number));
    const keys: string[] = [];
    for await (const key of await reader.keys()) keys.push(key);
    expect(keys).toEqual(expect.arrayContaining([HEAD_KEY, number]));
    expect(await reader.status()).toMatchObject({ bucket: STATUS_BUCKET, history: 1, ttl: 0 });
  });

  it('has a head that is written again although nothing happens', async () => {
    const nc = await bucket();
    startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    const first = await head(nc);
    await vi.waitFor(async () => expect((await head(nc))?.at).not.toBe(first?.at), SOON);
    expect((await head(nc))?.position).toBe(first?.position);
  });
});

describe('an older entry', () => {
  const entry = (number: string, position: number): AccountStatusEntry => ({
    schema: 'account-status/1',
    number,
    status: 'ACTIVE',
    grounds: [],
    seq: 0,
    position,
    at: '2026-03-02T01:00:00.000Z',
  });
  const putting = (nc: NatsConnection) => ({
    nc,
    log: { ...logOf(store.pool()), head: async () => 1_000 },
    logger: quiet,
    signal: new AbortController().signal,
  });

  it('never replaces a newer one', async () => {
    const nc = await bucket();
    const running = startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await running.stop();
    expect(await putEntries([entry('7', 20)], putting(nc))).toBe(1);
    expect(await putEntries([entry('7', 19)], putting(nc))).toBe(0);
    expect(await putEntries([entry('7', 20)], putting(nc))).toBe(0);
    expect(await held(nc, '7')).toMatchObject({ position: 20 });
    expect(await putEntries([entry('7', 21)], putting(nc))).toBe(1);
  });

  it('never replaces a newer one however many writers put at once, in whatever order', async () => {
    const nc = await bucket();
    const running = startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await running.stop();
    const reader = await kv(nc);
    const seen: number[] = [];
    const watch = await reader.watch({ key: '8' });
    const watching = (async () => {
      for await (const update of watch) seen.push(update.json<AccountStatusEntry>().position);
    })();
    const positions = Array.from({ length: 60 }, (_, i) => ((i * 37) % 60) + 1);
    await Promise.all(positions.map((position) => putEntries([entry('8', position)], putting(nc))));
    await vi.waitFor(() => expect(seen.at(-1)).toBe(60), SOON);
    watch.stop();
    await watching;
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(await held(nc, '8')).toMatchObject({ position: 60 });
  });
});

describe('two mirrors at once', () => {
  it('leave what one would, through locks, unlocks and a purge', async () => {
    const nc = await bucket();
    const { open, lock, unlock } = accounts();
    startMirror(nc, store.pool());
    startMirror(nc, store.pool(), { batch: 3 });
    const numbers = await Promise.all(Array.from({ length: 12 }, () => open()));
    for (let round = 0; round < 4; round++) {
      await Promise.all(numbers.map((number) => lock(number)));
      if (round === 2) await (await manager(nc)).streams.purge(STATUS_STREAM);
      await Promise.all(numbers.map((number) => unlock(number)));
    }
    await expectMirrored(nc, store.pool());
    for (const number of numbers) {
      expect(await held(nc, number)).toMatchObject({ status: 'ISSUED', seq: 8 });
    }
  });
});

describe('a mirror that ends', () => {
  it('by a death between two puts has no head beyond what it put, and the next one goes on', async () => {
    const nc = await bucket();
    const { open } = accounts();
    const first = startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await first.stop();
    const before = (await head(nc))?.position ?? 0;
    const numbers = await Promise.all(Array.from({ length: 12 }, () => open()));
    let puts = 0;
    const dying = startMirror(nc, store.pool(), {
      batch: 5,
      failpoint: () => {
        if (++puts >= 6) throw new Error('killed here');
      },
    });
    await expect(dying.ended).rejects.toThrow('killed here');
    const reached = (await head(nc))?.position ?? 0;
    expect(reached).toBeLessThan(before + numbers.length);
    for (const number of numbers) {
      const opened = (await lastPosition(number)) ?? 0;
      if (opened <= reached) expect(await held(nc, number)).toMatchObject({ position: opened });
    }
    startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
  });

  it('because the log fails tells so, and the next one goes on', async () => {
    const nc = await bucket();
    const { open } = accounts();
    await open();
    const log = { ...logOf(store.pool()), entriesOf: () => Promise.reject(new Error('database gone')) };
    const failing = startMirror(nc, store.pool(), { log });
    await mirrored(nc, store.pool());
    await open();
    await expect(failing.ended).rejects.toThrow('database gone');
    startMirror(nc, store.pool());
    await expectMirrored(nc, store.pool());
  });
});

describe('a NATS server that is killed while the mirror runs', () => {
  it('has after its restart what was decided meanwhile', async () => {
    const nc = await bucket();
    const { open, lock, unlock } = accounts();
    const numbers = await Promise.all(Array.from({ length: 5 }, () => open()));
    startMirror(nc, store.pool());
    await mirrored(nc, store.pool());
    await engines().nats.kill('SIGKILL');
    await Promise.all(numbers.map((number) => lock(number)));
    await Promise.all(numbers.slice(2).map((number) => unlock(number)));
    const added = await open();
    await engines().nats.restart();
    await expectMirrored(nc, store.pool());
    expect(await held(nc, added)).toMatchObject({ status: 'ISSUED' });
    expect(await held(nc, numbers[0] ?? '')).toMatchObject({ status: 'LOCKED' });
  });
});
