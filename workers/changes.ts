import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { offerChange } from '../activities/changes.ts';
import { runChanges } from '../bus/changes.ts';
import type { Cases } from '../client/cases.ts';
import { journalChange } from '../store/changes.ts';
import type { Queryable } from '../store/pool.ts';

/** Takes what registries publish, until the signal is aborted. */
export const takeChanges = (
  nc: NatsConnection,
  cases: Cases,
  db: Queryable,
  log: Logger,
  signal: AbortSignal,
): Promise<void> =>
  runChanges({
    nc,
    signal,
    log,
    offer: (change) => offerChange({ cases, db }, change),
    journal: (entry) => journalChange(db, entry),
  });
