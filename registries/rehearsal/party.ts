import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Adapter } from '../kit/adapter.ts';
import { memoryOfReplies } from '../kit/memory.ts';
import { runAdapter } from '../kit/run.ts';
import type { ChangeCommand } from './change-command.ts';
import { serveControl } from './control.ts';
import type { FaultBoard } from './fault.ts';

export type RehearsalOptions = {
  readonly adapter: Adapter;
  readonly board: FaultBoard;
  /** How many look-ups or deliveries the adapter has made. */
  readonly lookups: () => number;
  /** Alters a record and publishes that; registries only. */
  readonly change?: (command: ChangeCommand) => Promise<RegistryChange>;
  /** Publishes a change of so many records, and says of how many there were; registries only. */
  readonly burst?: (count: number) => Promise<number>;
  readonly nc: NatsConnection;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onReady: () => void;
};

/** Runs a mock party until the signal is aborted; while it is commanded `DOWN` it consumes nothing. */
export async function rehearse(options: RehearsalOptions): Promise<void> {
  const { adapter, board, lookups, nc, log, signal, onReady } = options;
  const memory = memoryOfReplies();
  const start = () => {
    const stop = new AbortController();
    const ended = runAdapter(adapter, {
      nc,
      log,
      signal: stop.signal,
      memory,
      onReady,
      maxRetryMs: 1_000,
    });
    return async () => {
      stop.abort();
      await ended;
    };
  };
  let running: ReturnType<typeof start> | undefined = start();
  const control = serveControl(nc, adapter.party, async (command) => {
    if (command && 'command' in command && command.command === 'burst') {
      if (!options.burst) throw new Error('EID_ERR_SHAPE: this party has no records');
      log.info({ count: command.count }, 'burst commanded');
      const published = await options.burst(command.count);
      return { ok: true, down: running === undefined, lookups: lookups(), published };
    }
    if (command && 'command' in command) {
      if (!options.change) throw new Error('EID_ERR_SHAPE: this party has no records');
      log.info({ publish: command.publish }, 'change commanded');
      const change = await options.change(command);
      return { ok: true, down: running === undefined, lookups: lookups(), change };
    }
    if (command) log.info({ fault: command.fault, times: command.times }, 'fault commanded');
    if (command?.fault === 'DOWN') {
      const stop = running;
      running = undefined;
      await stop?.();
    } else if (command) {
      const { fault, ms, times, key } = command;
      board.command({ fault, ms, times }, key);
      if (key === undefined && !signal.aborted) running ??= start();
    }
    return { ok: true, down: running === undefined, lookups: lookups() };
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  control.unsubscribe();
  await running?.();
}
