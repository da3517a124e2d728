import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ViewAge } from '../../bus/status/age.ts';
import { STATUS_BUCKET, STATUS_STREAM } from '../../bus/status/bucket.ts';
import { type WatchOptions, watchStatus } from '../../bus/status/watch.ts';
import { manager } from '../../bus/streams.ts';
import type { AccountStatusEntry } from '../../schemas/account-status.ts';
import { readLog } from '../../store/read.ts';
import { useStore } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import { accountsIn, expectMirrored, freshBucket, mirrored, SOON, startMirror, streamOf } from './status.ts';

const engines = useEngines(['nats']);
const store = useStore();

const bucket = () => freshBucket(engines().nats.url);
const accounts = () => accountsIn(store.pool());

/** A watcher that keeps what it sees, until the test ends. */
function startWatch(nc: NatsConnection, options: Partial<WatchOptions> = {}) {
  const stop = new AbortController();
  const view = new Map<string, AccountStatusEntry>();
  const positions: number[] = [];
  const watch = watchStatus({
    nc,
    signal: stop.signal,
    onEntry: (entry) => {
      view.set(entry.number, entry);
      positions.push(entry.position);
    },
    ...options,
  });
  watch.ended.catch(() => {});
  const finish = async () => {
    stop.abort();
    await watch.ended;
  };
  onTestFinished(() => finish().catch(() => {}));
  return { ...watch, view, positions, stop: finish };
}

it('a watcher sees all accounts as they are and then each change', async () => {
  const nc = await bucket();
  const { open, lock, unlock } = accounts();
  const [one, two] = [await open(), await open()];
  await lock(one);
  startMirror(nc, store.pool());
  await mirrored(nc, store.pool());
  const { view, age } = startWatch(nc);
  await vi.waitFor(() => expect(age().position).toBeGreaterThan(0), SOON);
  expect(view.get(one)).toMatchObject({ status: 'LOCKED' });
  expect(view.get(two)).toMatchObject({ status: 'ISSUED' });
  await lock(two);
  await vi.waitFor(() => expect(view.get(two)).toMatchObject({ status: 'LOCKED', seq: 1 }), SOON);
  await unlock(two);
  await vi.waitFor(() => expect(view.get(two)).toMatchObject({ status: 'ISSUED', seq: 2 }), SOON);
});

it('a view whose head is at a position has taken every account event up to it, with two mirrors at once too', async () => {
  const nc = await bucket();
  const { open, lock, unlock } = accounts();
  startMirror(nc, store.pool(), { headEveryMs: 20 });
  startMirror(nc, store.pool(), { headEveryMs: 20, batch: 2 });
  const heads: { readonly position: number; readonly seen: ReadonlyMap<string, number> }[] = [];
  const view = new Map<string, number>();
  startWatch(nc, {
    onEntry: ({ number, position }) => void view.set(number, position),
    onAge: ({ position }) => {
      if (position !== undefined) heads.push({ position, seen: new Map(view) });
    },
  });
  const numbers = await Promise.all(Array.from({ length: 8 }, () => open()));
  for (let round = 0; round < 3; round++) {
    await Promise.all(numbers.map((number) => lock(number)));
    await Promise.all(numbers.map((number) => unlock(number)));
  }
  await mirrored(nc, store.pool());
  await vi.waitFor(() => expect(heads.length).toBeGreaterThan(5), SOON);
  const log = (await readLog(store.pool(), 0, 100_000)).filter(({ stream }) => stream.startsWith('account-'));
  for (const { position, seen } of heads) {
    const last = new Map(log.filter((e) => e.position <= position).map((e) => [e.stream, e.position]));
    const missed = [...last].filter(([stream, at]) => (seen.get(stream.slice(8)) ?? 0) < at);
    expect(missed).toEqual([]);
  }
});

it('a view is behind before the first head, fresh while the mirror runs, and ages when it is stopped', async () => {
  const nc = await bucket();
  const ages: ViewAge[] = [];
  const watch = startWatch(nc, { staleAfterMs: 1_000, onAge: (age) => ages.push(age) });
  await vi.waitFor(() => expect(ages.length).toBeGreaterThan(0), SOON);
  expect(watch.age()).toEqual({ ageMs: undefined, position: undefined, behind: true });
  const running = startMirror(nc, store.pool());
  await vi.waitFor(() => expect(watch.age()).toMatchObject({ behind: false }), SOON);
  await running.stop();
  await vi.waitFor(() => expect(ages.at(-1)).toMatchObject({ behind: true }), SOON);
  const stopped = watch.age().ageMs ?? 0;
  expect(stopped).toBeGreaterThan(1_000);
  await vi.waitFor(() => expect(watch.age().ageMs).toBeGreaterThan(stopped), SOON);
  startMirror(nc, store.pool());
  await vi.waitFor(() => expect(watch.age()).toMatchObject({ behind: false }), SOON);
});

it.each([
  ['purged', async (nc: NatsConnection) => (await manager(nc)).streams.purge(STATUS_STREAM)],
  ['deleted', async (nc: NatsConnection) => (await manager(nc)).streams.delete(STATUS_STREAM)],
])('a watcher goes on in a bucket that was %s and filled again', async (_, harm) => {
  const nc = await bucket();
  const { open, lock } = accounts();
  const number = await open();
  startMirror(nc, store.pool());
  await expectMirrored(nc, store.pool());
  const { view, age } = startWatch(nc);
  await vi.waitFor(() => expect(view.get(number)).toMatchObject({ status: 'ISSUED' }), SOON);
  await harm(nc);
  await lock(number);
  await vi.waitFor(() => expect(view.get(number)).toMatchObject({ status: 'LOCKED' }), SOON);
  await vi.waitFor(() => expect(age().behind).toBe(false), SOON);
});

it('a watcher goes on where it was after the NATS server was killed and started again', async () => {
  const nc = await bucket();
  const { open, lock } = accounts();
  const number = await open();
  startMirror(nc, store.pool());
  await mirrored(nc, store.pool());
  const { view, age, positions } = startWatch(nc, { staleAfterMs: 1_000 });
  await vi.waitFor(() => expect(view.has(number)).toBe(true), SOON);
  await engines().nats.kill('SIGKILL');
  await lock(number);
  await vi.waitFor(() => expect(age().behind).toBe(true), SOON);
  expect(view.get(number)).toMatchObject({ status: 'ISSUED' });
  await engines().nats.restart();
  await vi.waitFor(() => expect(view.get(number)).toMatchObject({ status: 'LOCKED' }), SOON);
  await vi.waitFor(() => expect(age().behind).toBe(false), SOON);
  expect(positions).toEqual([...new Set(positions)]);
});

it('a watcher is told of a key that was deleted, and passes over one that holds nonsense', async () => {
  const nc = await bucket();
  const number = await accounts().open();
  startMirror(nc, store.pool());
  await mirrored(nc, store.pool());
  const gone: string[] = [];
  const { view } = startWatch(nc, { onGone: (key) => gone.push(key) });
  await vi.waitFor(() => expect(view.has(number)).toBe(true), SOON);
  const writer = await new Kvm(nc).open(STATUS_BUCKET);
  await writer.put('99', JSON.stringify({ ...view.get(number), number: '98' }));
  await writer.put('98', 'nonsense');
  await writer.delete(number);
  await vi.waitFor(() => expect(gone).toEqual([number]), SOON);
  expect(view.has('99') || view.has('98')).toBe(false);
});

it('a watch ends with the error of whoever takes its entries', async () => {
  const nc = await bucket();
  const number = await accounts().open();
  startMirror(nc, store.pool());
  await mirrored(nc, store.pool());
  const { ended } = startWatch(nc, {
    onEntry: () => Promise.reject(new Error(`no room for ${streamOf(number)}`)),
  });
  await expect(ended).rejects.toThrow('no room');
});
