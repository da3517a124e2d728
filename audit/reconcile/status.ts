import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { STATUS_STREAM } from '../../bus/status/bucket.ts';
import { manager } from '../../bus/streams.ts';
import { checkMirror, type MirrorDifference } from '../checkMirror.ts';
import type { Comparison, Discrepancy } from './discrepancy.ts';
import type { Settling } from './settle.ts';

/** The bucket of account status beside the accounts that the log folds to. */
export async function* compareStatus(pool: Pool, nc: NatsConnection, settling: Settling): Comparison {
  const look = async () =>
    (await isThere(nc)) ? (await checkMirror(nc, pool)).map(discrepancyOf) : [NO_BUCKET];
  yield* settling.suspect({ seen: await look(), again: look });
  yield* settling.settled();
  return {};
}

const NO_BUCKET: Discrepancy = {
  source: 'DELIVERY',
  kind: 'STATUS_MISSING',
  detail: 'there is no bucket of account status',
};

async function isThere(nc: NatsConnection): Promise<boolean> {
  try {
    await (await manager(nc)).streams.info(STATUS_STREAM);
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return false;
    throw error;
  }
}

const details = {
  BEHIND: 'the bucket has not come up to the log',
  MISSING: 'the bucket does not hold the account',
  DIFFERS: 'the bucket says something else of the account than its events',
  NOBODYS: 'the log has no account of this number',
} as const;

const discrepancyOf = ({ key, what, expected, found }: MirrorDifference): Discrepancy => ({
  source: 'DELIVERY',
  kind: `STATUS_${what}`,
  detail: `${details[what]}: ${key}`,
  ...(what === 'BEHIND' ? {} : { stream: `account-${key}` }),
  ...(expected === undefined ? {} : { expected }),
  ...(found === undefined ? {} : { found }),
});
