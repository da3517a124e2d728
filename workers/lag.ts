import { setTimeout as pause } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { Runtime } from '@temporalio/worker';
import { EVENTS, manager } from '../bus/streams.ts';
import type { Queryable } from '../store/pool.ts';
import { readHead } from '../store/read.ts';

const EVERY_MS = 5_000;

/**
 * Says in the worker's metrics how far the log is and how far the relay has copied it, until the signal is aborted. Each worker says the same;
 * what cannot be read keeps its last value, and shows as a head or a stream that stands still.
 */
export async function measureLag(nc: NatsConnection, db: Queryable, signal: AbortSignal): Promise<void> {
  const meter = Runtime.instance().metricMeter;
  const head = meter.createGauge('orgeid_log_head', 'int', '', 'Position of the last event of the log');
  const sent = meter.createGauge('orgeid_relay_position', 'int', '', 'Last sequence of the stream EVENTS');
  const lag = meter.createGauge(
    'orgeid_relay_lag',
    'int',
    '',
    'Events of the log that are not in EVENTS yet',
  );
  while (!signal.aborted) {
    const [position, sequence] = await Promise.all([
      readHead(db).then(
        (log) => log.position,
        () => undefined,
      ),
      lastSequence(nc).catch(() => undefined),
    ]);
    if (position !== undefined) head.set(position);
    if (sequence !== undefined) sent.set(sequence);
    if (position !== undefined && sequence !== undefined) lag.set(Math.max(0, position - sequence));
    await pause(EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function lastSequence(nc: NatsConnection): Promise<number> {
  const { state } = await (await manager(nc)).streams.info(EVENTS);
  return state.last_seq;
}
