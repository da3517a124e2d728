import type { NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { expect, onTestFinished, vi } from 'vitest';
import { statusLog } from '../../activities/mirror.ts';
import { checkMirror } from '../../audit/checkMirror.ts';
import { connectBus } from '../../bus/connect.ts';
import { readEntry, readHeadEntry, STATUS_STREAM } from '../../bus/status/bucket.ts';
import { mirrorStatus } from '../../bus/status/mirror.ts';
import type { MirrorOptions } from '../../bus/status/options.ts';
import { manager } from '../../bus/streams.ts';
import { projections } from '../../domain/projections.ts';
import { opening } from '../../domain/testing/accounts.ts';
import type { AccountEvent } from '../../schemas/account.ts';
import { readHead, readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { waitForLog } from '../../store/waitForLog.ts';
import { note, type useStore } from '../store/support.ts';

export const SOON = { timeout: 20_000, interval: 20 };
type Pool = ReturnType<ReturnType<typeof useStore>['pool']>;

/** A connection that is closed when the running test ends, on a server without a status bucket. */
export async function freshBucket(url: string): Promise<NatsConnection> {
  const nc = await connectBus({ servers: url, name: 'test' });
  onTestFinished(() => nc.close());
  await (await manager(nc)).streams.delete(STATUS_STREAM).catch(() => false);
  return nc;
}

let serial = 0;
export const freshNumber = (): string => String(30_000_000_000 + ++serial);
export const streamOf = (number: string): string => `account-${number}`;

const ground = (id: string) => ({
  id,
  code: 'OWNER_REQUEST' as const,
  basis: 'test',
  authority: { id: 'owner', name: 'owner' },
  liftedBy: 'OWNER' as const,
  since: '2026-03-02T01:00:00.000Z',
});

/** Writes events of accounts into the log, as their own `decide` would. */
export function accountsIn(pool: Pool) {
  const recorder = createRecorder(pool, projections);
  const write = async (number: string, events: readonly AccountEvent[]): Promise<void> => {
    const version = (await readStream(pool, streamOf(number))).length;
    const answer = await recorder.record(note(streamOf(number), version, { events }));
    expect(answer.kind).toBe('recorded');
  };
  const seqs = new Map<string, number>();
  const next = (number: string): number => {
    seqs.set(number, (seqs.get(number) ?? 0) + 1);
    return seqs.get(number) ?? 0;
  };
  return {
    write,
    async open(number = freshNumber()): Promise<string> {
      const data = { ...opening(), policyVersion: 'test', number, organisationKeys: [`code:${number}`] };
      await write(number, [{ type: 'AccountOpened', data }]);
      return number;
    },
    async lock(number: string): Promise<void> {
      const seq = next(number);
      await write(number, [
        { type: 'LockGroundPlaced', data: { ground: ground(`ground${seq}`) } },
        { type: 'AccountLocked', data: { seq, services: [] } },
      ]);
    },
    async unlock(number: string): Promise<void> {
      const placed = seqs.get(number);
      const seq = next(number);
      await write(number, [
        {
          type: 'LockGroundLifted',
          data: { groundId: `ground${placed}`, code: 'OWNER_REQUEST', why: 'OWNER' },
        },
        { type: 'AccountUnlocked', data: { seq } },
      ]);
    },
    /** An event of another case. */
    async another(): Promise<void> {
      await recorder.record(note(`lock-order-${++serial}`, 0, { caseType: 'lock-order', events: [ended] }));
    },
  };
}
const ended = { type: 'LockOrderRefused', data: { reasons: 'test' } };

export const quiet = pino({ level: 'silent' });

/** What a mirror of this database needs. */
export const logOf = (pool: Pool) =>
  statusLog(pool, async (position, signal) => {
    await waitForLog(pool, position, signal, 200);
  });

/** A mirror that runs until the test ends; `ended` settles with it. */
export function startMirror(nc: NatsConnection, pool: Pool, options: Partial<MirrorOptions> = {}) {
  const stop = new AbortController();
  const ended = mirrorStatus({
    nc,
    log: logOf(pool),
    signal: stop.signal,
    logger: quiet,
    headEveryMs: 100,
    batch: 16,
    ...options,
  });
  ended.catch(() => {});
  const finish = async () => {
    stop.abort();
    await ended;
  };
  onTestFinished(() => finish().catch(() => {}));
  return { ended, stop: finish };
}

/** Waits until the bucket says that it has everything that the log has now. */
export async function mirrored(nc: NatsConnection, pool: Pool): Promise<void> {
  const { position } = await readHead(pool);
  await vi.waitFor(async () => {
    const head = (await readHeadEntry(nc)).value;
    expect(head?.position).toBeGreaterThanOrEqual(position);
  }, SOON);
}

/** Waits for that and then for nothing to differ from the fold of the log. */
export async function expectMirrored(nc: NatsConnection, pool: Pool): Promise<void> {
  await mirrored(nc, pool);
  expect(await checkMirror(nc, pool)).toEqual([]);
}

export const held = async (nc: NatsConnection, number: string) => (await readEntry(nc, number)).value;
