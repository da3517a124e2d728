import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { readEntry, readHeadEntry, statusKeys } from '../bus/status/bucket.ts';
import type { AccountStatusEntry } from '../schemas/account-status.ts';
import { foldEntries } from '../store/accountStatus.ts';
import { readHead } from '../store/read.ts';

/** A key of the status bucket that is not what the fold of the log gives. */
export type MirrorDifference = {
  readonly key: string;
  /** `BEHIND`: the head did not come up to the log in time. `NOBODYS`: the log has no account of this number. */
  readonly what: 'BEHIND' | 'MISSING' | 'DIFFERS' | 'NOBODYS';
  readonly expected?: unknown;
  readonly found?: unknown;
};

type CheckOptions = {
  /** How long the head may take to come up to the log, in ms (default 10 000). */
  readonly withinMs?: number;
};

/**
 * Folds every account from its events and compares what others should see of it with the status bucket, key by key;
 * empty when all agree. Entries that went on while it ran are no differences.
 *
 * @example
 * const differences = await checkMirror(nc, pool);
 *
 * @throws BucketAway when NATS does not answer or there is no bucket; what PostgreSQL throws
 */
export async function checkMirror(
  nc: NatsConnection,
  pool: Pool,
  { withinMs = 10_000 }: CheckOptions = {},
): Promise<MirrorDifference[]> {
  const differences = await untilReached(nc, (await readHead(pool)).position, withinMs);
  const known = new Set<string>();
  for await (const { position, entries } of foldEntries(pool)) {
    const found = await Promise.all(entries.map((entry) => compare(nc, entry, position)));
    for (const { number } of entries) known.add(number);
    differences.push(...found.flat());
  }
  const others = (await statusKeys(nc)).filter((key) => !known.has(key));
  for (const key of others) {
    const { text } = await readEntry(nc, key);
    // A key that was deleted holds no text; an account may have been opened meanwhile.
    if (text !== '' && !(await isOpen(pool, key))) differences.push({ key, what: 'NOBODYS', found: text });
  }
  return differences;
}

async function untilReached(nc: NatsConnection, position: number, ms: number): Promise<MirrorDifference[]> {
  for (const until = performance.now() + ms; ; await sleep(50)) {
    const head = (await readHeadEntry(nc)).value;
    if (head && head.position >= position) return [];
    if (performance.now() >= until) return [{ key: 'head', what: 'BEHIND', expected: position, found: head }];
  }
}

async function compare(
  nc: NatsConnection,
  expected: AccountStatusEntry,
  position: number,
): Promise<MirrorDifference[]> {
  const { text, value } = await readEntry(nc, expected.number);
  const key = expected.number;
  if (text === '') return [{ key, what: 'MISSING', expected }];
  if (text === JSON.stringify(expected) || (value && value.position > position)) return [];
  return [{ key, what: 'DIFFERS', expected, found: value ?? text }];
}

async function isOpen(pool: Pool, number: string): Promise<boolean> {
  const stream = `account-${number}`;
  const { rows } = await pool.query('select from orgeid.cases where stream = $1', [stream]);
  return rows.length > 0;
}
