import { JetStreamApiCodes, JetStreamApiError, jetstream, type StoredMsg } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import type { z } from 'zod';
import { AccountStatusEntry, StatusHead } from '../../schemas/account-status.ts';
import { parseJson } from '../json.ts';
import { mayPass } from '../retry.ts';
import { API_TIMEOUT_MS, manager } from '../streams.ts';

/** The bucket that relying services watch: an ordinary NATS key-value bucket with one value a key. */
export const STATUS_BUCKET = 'ACCOUNT_STATUS';
export const STATUS_STREAM = `KV_${STATUS_BUCKET}`;
/** No identification number: those are digits. */
export const HEAD_KEY = 'head';

const PREFIX = `$KV.${STATUS_BUCKET}.`;
const TAKEN: ReadonlySet<number> = new Set([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
]);

/** NATS does not answer, or the bucket is not there: looking again later may help. */
export class BucketAway extends Error {
  override readonly name = 'BucketAway';
}

/**
 * What a key holds. `value` is undefined for a key that was never written, is deleted, or holds something else; `revision` is
 * what a compare-and-set has to name in any of these cases.
 */
export type Held<T> = {
  readonly revision: number;
  readonly text: string;
  readonly value: T | undefined;
};

/** Creates the bucket unless it is there. @returns when it was created, which tells one bucket from its successor */
export const ensureStatusBucket = (nc: NatsConnection, replicas: number): Promise<string> =>
  reaching(nc, async () => {
    const options = { history: 1, replicas, description: 'status of accounts, mirrored from the log' };
    const kv = await new Kvm(jetstream(nc, { timeout: API_TIMEOUT_MS })).create(STATUS_BUCKET, options);
    return (await kv.status()).streamInfo.created;
  });

/** What the bucket holds of an account; of another one's entry under its key, nothing. */
export async function readEntry(nc: NatsConnection, number: string): Promise<Held<AccountStatusEntry>> {
  const jsm = await manager(nc);
  const query = { last_by_subj: PREFIX + number };
  return await reaching(nc, async () =>
    heldIn(await jsm.direct.getMessage(STATUS_STREAM, query), entryUnder(number)),
  );
}

/** The head, from the stream's leader: a copy may be behind. */
export async function readHeadEntry(nc: NatsConnection): Promise<Held<StatusHead>> {
  const { streams } = await manager(nc);
  const query = { last_by_subj: PREFIX + HEAD_KEY };
  return await reaching(nc, async () => {
    const message = await streams.getMessage(STATUS_STREAM, query).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.NoMessageFound) return null;
      throw error;
    });
    return heldIn(message, StatusHead);
  });
}

/** Every key of the bucket but the head, deleted ones too. */
export async function statusKeys(nc: NatsConnection): Promise<string[]> {
  const { streams } = await manager(nc);
  const { state } = await reaching(nc, () => streams.info(STATUS_STREAM, { subjects_filter: `${PREFIX}>` }));
  const keys = Object.keys(state.subjects ?? {}).map((subject) => subject.slice(PREFIX.length));
  return keys.filter((key) => key !== HEAD_KEY);
}

/**
 * Writes a key if it still is at that revision (0: it was never written).
 * @returns its new revision, or undefined when somebody else was there first
 */
export const putAt = (
  nc: NatsConnection,
  key: string,
  value: AccountStatusEntry | StatusHead,
  revision: number,
): Promise<number | undefined> =>
  reaching(nc, async () => {
    try {
      const { seq } = await jetstream(nc).publish(PREFIX + key, JSON.stringify(value), {
        expect: { streamName: STATUS_STREAM, lastSubjectSequence: revision },
        timeout: API_TIMEOUT_MS,
      });
      return seq;
    } catch (error) {
      if (error instanceof JetStreamApiError && TAKEN.has(error.code)) return undefined;
      throw error;
    }
  });

/** The schema of what may stand under the key of an account. */
export const entryUnder = (number: string) => AccountStatusEntry.refine((entry) => entry.number === number);

function heldIn<T>(message: StoredMsg | null, schema: z.ZodType<T>): Held<T> {
  if (!message) return { revision: 0, text: '', value: undefined };
  const text = new TextDecoder().decode(message.data);
  return { revision: message.seq, text, value: schema.safeParse(parseJson(message.data)).data };
}

async function reaching<T>(nc: NatsConnection, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (nc.isClosed() || !mayPass(cause)) throw cause;
    throw new BucketAway('the status bucket cannot be reached', { cause });
  }
}
