import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkMirror } from '../../audit/checkMirror.ts';
import { acknowledgeLock } from '../../bus/status/acknowledge.ts';
import { readEntry } from '../../bus/status/bucket.ts';
import { watchStatus } from '../../bus/status/watch.ts';
import { tellService } from '../../registries/relying/control.ts';
import { type Listener, spawnRelyingService } from '../../registries/spawn.ts';
import type { AccountState } from '../../schemas/account.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { accountOf, numberOf, openAccount, ownerSays } from '../support/accounts.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const OBEYS = 'TAX-PORTAL';
const SILENT = 'BANK';
const SOON = { timeout: 60_000, interval: 50 };
const system = useSystem({
  organisations: 1,
  values: {
    relyingServices: [OBEYS, SILENT].map((id) => ({ id, name: id })),
    acknowledgeWithinMs: 5_000,
  },
});

const lock = (n: number, turn = 1) => ownerSays(system(), n, 'LockOwnAccount', turn);
const unlock = (n: number, turn = 1) => ownerSays(system(), n, 'UnlockOwnAccount', turn);
const caseOf = (n: number) => readCase(system().pool, accountOf(n));
const stateOf = async (n: number) => (await caseOf(n))?.state as AccountState;
const entryOf = async (n: number) => (await readEntry(system().nc, numberOf(n))).value;
const typesOf = async (n: number) => (await readStream(system().pool, accountOf(n))).map(({ type }) => type);
const statusesOf = async (n: number) =>
  Object.fromEntries((await stateOf(n)).obedience.map(({ service, status }) => [service, status]));

async function service(id: string): Promise<Listener> {
  const listener = await spawnRelyingService(id, { natsUrl: system().engines.nats.url });
  onTestFinished(() => listener.stop());
  return listener;
}

const visible = (n: number, expected: object) =>
  vi.waitFor(async () => expect(await entryOf(n)).toMatchObject(expected), SOON);

/** The bucket is the fold of the log. */
const expectMirrored = async () =>
  expect(await checkMirror(system().nc, system().pool, { withinMs: 60_000 })).toEqual([]);

async function stopWorkers(): Promise<void> {
  await Promise.all(
    system()
      .workers.filter((worker) => worker.running)
      .map((worker) => worker.stop()),
  );
}

test('a lock reaches every relying service, each says that it obeys, and so does its end', async () => {
  await Promise.all([service(OBEYS), service(SILENT)]);
  await openAccount(system(), 1);
  await visible(1, { status: 'ISSUED', seq: 0 });
  await lock(1);
  await visible(1, { status: 'LOCKED', grounds: ['OWNER_REQUEST'], seq: 1 });
  await vi.waitFor(
    async () => expect(await statusesOf(1)).toEqual({ [OBEYS]: 'ACKNOWLEDGED', [SILENT]: 'ACKNOWLEDGED' }),
    SOON,
  );
  const number = numberOf(1);
  expect(await tellService(system().nc, OBEYS, { number })).toMatchObject({ entry: { status: 'LOCKED' } });
  await unlock(1);
  await vi.waitFor(async () => {
    const told = await tellService(system().nc, OBEYS, { number });
    expect(told).toMatchObject({ entry: { status: 'ISSUED', seq: 2 }, obeyed: 0 });
  }, SOON);
  expect((await caseOf(1))?.overdue).toBe(false);
});

test('a service that stays silent is an owned, overdue task, and its late word settles it', async () => {
  await Promise.all([service(OBEYS), service(SILENT)]);
  await tellService(system().nc, SILENT, { fault: 'SILENT' });
  await openAccount(system(), 2);
  await lock(2);
  await vi.waitFor(
    async () => expect(await statusesOf(2)).toEqual({ [OBEYS]: 'ACKNOWLEDGED', [SILENT]: 'OVERDUE' }),
    SOON,
  );
  const late = await caseOf(2);
  expect(late?.overdue).toBe(true);
  expect(late?.tasks).toMatchObject([
    { kind: 'CHASE_SERVICE', about: SILENT, units: ['C06'], status: 'OPEN' },
  ]);
  await tellService(system().nc, SILENT, { fault: 'NONE' });
  await vi.waitFor(
    async () => expect(await statusesOf(2)).toEqual({ [OBEYS]: 'ACKNOWLEDGED', [SILENT]: 'ACKNOWLEDGED' }),
    SOON,
  );
  const settled = await caseOf(2);
  expect(settled?.overdue).toBe(false);
  expect(settled?.tasks.filter(({ status }) => status === 'OPEN')).toEqual([]);
});

test('a word on another lock, said twice, or of an unknown account changes nothing and blocks nothing', async () => {
  await openAccount(system(), 3);
  await lock(3);
  await visible(3, { seq: 1 });
  const at = new Date().toISOString();
  const number = numberOf(3);
  await acknowledgeLock(system().nc, { service: OBEYS, number, seq: 9, at });
  await acknowledgeLock(system().nc, { service: 'NOBODY', number, seq: 1, at });
  await acknowledgeLock(system().nc, { service: OBEYS, number: '49999999999', seq: 1, at });
  await acknowledgeLock(system().nc, { service: OBEYS, number, seq: 1, at, id: 'once' });
  await acknowledgeLock(system().nc, { service: OBEYS, number, seq: 1, at, id: 'once' }, { msgId: 'again' });
  await acknowledgeLock(system().nc, { service: SILENT, number, seq: 1, at });
  await vi.waitFor(
    async () => expect(await statusesOf(3)).toEqual({ [OBEYS]: 'ACKNOWLEDGED', [SILENT]: 'ACKNOWLEDGED' }),
    SOON,
  );
  expect((await typesOf(3)).filter((type) => type === 'LockAcknowledged')).toHaveLength(2);
});

test('a worker killed between two puts of a batch leaves nothing out', async () => {
  await stopWorkers();
  const doomed = await system().addWorker({ ORGEID_FAILPOINTS: 'mirror.mid-batch:2' });
  const opening = Promise.all([11, 12, 13, 14, 15, 16, 17, 18].map((n) => openAccount(system(), n)));
  await doomed.ended;
  await system().addWorker();
  await opening;
  await expectMirrored();
});

test('a watcher sees its view age while no worker runs, and then what was decided', async () => {
  const stop = new AbortController();
  const seen = new Map<string, string>();
  const watch = watchStatus({
    nc: system().nc,
    signal: stop.signal,
    staleAfterMs: 4_000,
    onEntry: ({ number, status }) => void seen.set(number, status),
  });
  onTestFinished(async () => {
    stop.abort();
    await watch.ended;
  });
  await openAccount(system(), 21);
  await vi.waitFor(() => expect(seen.get(numberOf(21))).toBe('ISSUED'), SOON);
  await vi.waitFor(() => expect(watch.age().behind).toBe(false), SOON);
  await stopWorkers();
  const locking = lock(21);
  await vi.waitFor(() => expect(watch.age().behind).toBe(true), SOON);
  expect(seen.get(numberOf(21))).toBe('ISSUED');
  await system().addWorker();
  await locking;
  await vi.waitFor(() => expect(seen.get(numberOf(21))).toBe('LOCKED'), SOON);
  await vi.waitFor(() => expect(watch.age().behind).toBe(false), SOON);
});

test('while NATS is down locks are decided, and reach the bucket and the services afterwards', async () => {
  await Promise.all([service(OBEYS), service(SILENT)]);
  await openAccount(system(), 31);
  await visible(31, { status: 'ISSUED' });
  await system().engines.nats.kill();
  await lock(31);
  await unlock(31);
  await lock(31, 2);
  await pause(5_000);
  await system().engines.nats.restart();
  await visible(31, { status: 'LOCKED', seq: 3 });
  await vi.waitFor(
    async () => expect(await statusesOf(31)).toEqual({ [OBEYS]: 'ACKNOWLEDGED', [SILENT]: 'ACKNOWLEDGED' }),
    SOON,
  );
});

test('workers killed while locks and acknowledgements flow: every lock is visible and acknowledged once', async () => {
  const KILLS = 4;
  const ROUNDS = 6;
  const numbers = [41, 42, 43, 44];
  await Promise.all([service(OBEYS), service(SILENT)]);
  await system().addWorker();
  await Promise.all(numbers.map((n) => openAccount(system(), n)));
  let done = 0;
  const flow = numbers.map(async (n) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await lock(n, round);
      await vi.waitFor(async () => {
        expect(Object.values(await statusesOf(n))).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED']);
      }, SOON);
      if (round < ROUNDS) await unlock(n, round);
      done += 1;
    }
  });
  const kill = async () => {
    for (let killed = 1; killed <= KILLS; killed += 1) {
      await vi.waitFor(() => expect(done).toBeGreaterThan(killed * 4), SOON);
      await system()
        .workers.find((worker) => worker.running)
        ?.kill();
      await system().addWorker();
    }
  };
  await Promise.all([...flow, kill()]);
  for (const n of numbers) {
    const types = await typesOf(n);
    expect(types.filter((type) => type === 'AccountLocked')).toHaveLength(ROUNDS);
    expect(types.filter((type) => type === 'LockAcknowledged')).toHaveLength(2 * ROUNDS);
    await visible(n, { status: 'LOCKED', seq: 2 * ROUNDS - 1 });
  }
});

test('after all of this the bucket is the fold of the log, the chain whole and the read models equal the fold', async () => {
  await expectMirrored();
  await expectTruth(system());
});
