import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { acknowledge } from '../activities/acknowledgements.ts';
import { runAcks } from '../bus/status/acks.ts';
import type { Cases } from '../client/cases.ts';
import type { Queryable } from '../store/pool.ts';

/** Takes what relying services say of locks, until the signal is aborted. */
export const takeAcks = (
  nc: NatsConnection,
  cases: Cases,
  db: Queryable,
  log: Logger,
  signal: AbortSignal,
): Promise<void> => runAcks({ nc, signal, log, acknowledge: (ack) => acknowledge({ cases, db }, ack) });
