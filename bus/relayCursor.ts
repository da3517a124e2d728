import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type StoredMsg,
  type StreamInfo,
} from '@nats-io/jetstream';
import { RelayDisagreement } from './errors.ts';
import type { RelayOptions } from './relayOptions.ts';
import { untilAnswered } from './retry.ts';
import { EVENTS, ensureStream, streamConfigs } from './streams.ts';

/** What the stream holds: how far it reaches, whether all of it is there, and its last message. */
type StreamState = {
  readonly info: StreamInfo;
  readonly last: StoredMsg | undefined;
};

/**
 * Looks at the stream, creates or recreates it when messages are missing, and compares its end with the log.
 * @returns the stream's last sequence, from which the log is to be followed
 * @throws RelayDisagreement, the signal's reason, and what the log throws
 */
export async function agreeWithStream(jsm: JetStreamManager, options: RelayOptions): Promise<number> {
  const { nc, signal, logger } = options;
  const nats = <T>(call: () => Promise<T>) => untilAnswered(nc, call, { signal, log: logger });
  for (;;) {
    const state = await nats(() => readStream(jsm));
    if (state === undefined) {
      const config = streamConfigs({ replicas: options.replicas }).find(({ name }) => name === EVENTS);
      if (config) await nats(() => ensureStream(jsm, config));
      logger?.warn('stream EVENTS was not there; it is filled from the log');
      continue;
    }
    const { last_seq, messages } = state.info.state;
    if (messages > 0) await compare(state, options);
    if (messages === last_seq) return last_seq;
    logger?.warn({ last: last_seq, messages }, 'stream EVENTS has messages missing; it is made anew');
    await nats(() => recreate(jsm, state.info));
  }
}

/** Undefined: there is no such stream. */
async function readStream(jsm: JetStreamManager): Promise<StreamState | undefined> {
  try {
    const info = await jsm.streams.info(EVENTS);
    const last = info.state.messages === 0 ? undefined : await lastMessage(jsm);
    return { info, last };
  } catch (error) {
    if (hasCode(error, JetStreamApiCodes.StreamNotFound)) return undefined;
    throw error;
  }
}

async function lastMessage(jsm: JetStreamManager): Promise<StoredMsg | undefined> {
  try {
    return (await jsm.streams.getMessage(EVENTS, { last_by_subj: 'events.>' })) ?? undefined;
  } catch (error) {
    if (hasCode(error, JetStreamApiCodes.NoMessageFound)) return undefined;
    throw error;
  }
}

/** The chain makes the last hash stand for all before it. */
async function compare({ info, last }: StreamState, { log }: RelayOptions): Promise<void> {
  const reaches = Math.max(info.state.last_seq, last?.seq ?? 0);
  const [newest] = await log.readAfter(reaches - 1, 1);
  if (newest?.position !== reaches) throw new RelayDisagreement(reaches, 'the stream is ahead of the log');
  if (last === undefined) return;
  const [event] = last.seq === reaches ? [newest] : await log.readAfter(last.seq - 1, 1);
  if (event?.hash !== last.header.get('Nats-Msg-Id')) {
    throw new RelayDisagreement(last.seq, 'the stream holds another event there');
  }
}

/** A purge keeps the last sequence, so the positions can only be had again in a new stream. */
async function recreate(jsm: JetStreamManager, seen: StreamInfo): Promise<void> {
  try {
    const now = await jsm.streams.info(EVENTS);
    // Another relay may have been faster: its new stream is not ours to delete.
    if (now.created !== seen.created) return;
    await jsm.streams.delete(EVENTS);
  } catch (error) {
    if (!hasCode(error, JetStreamApiCodes.StreamNotFound)) throw error;
  }
  await ensureStream(jsm, seen.config);
}

const hasCode = (error: unknown, code: number): boolean =>
  error instanceof JetStreamApiError && error.code === code;
