import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import { acknowledgeLock } from '../../bus/status/acknowledge.ts';
import { type StatusWatch, watchStatus } from '../../bus/status/watch.ts';
import { pause } from '../../bus/wait.ts';
import type { AccountStatusEntry } from '../../schemas/account-status.ts';
import { faultBoard } from '../rehearsal/fault.ts';
import { type RelyingCommand, type RelyingReport, serveCommands } from './control.ts';

export type ServiceOptions = {
  readonly service: string;
  readonly nc: NatsConnection;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Called once it has seen how far the bucket is. */
  readonly onReady: () => void;
};

const DEFAULT_SLOW_MS = 2_000;
const FAULTS = ['SILENT', 'SLOW', 'TWICE', 'WRONG'] as const;

type Lock = { readonly number: string; readonly seq: number };
const keyOf = ({ number, seq }: Lock): string => `${number}/${seq}`;

/**
 * A service that obeys locks: it watches the status of all accounts, refuses those that are locked, and acknowledges each
 * lock once. Misbehaves as commanded. Runs until the signal is aborted.
 */
export async function runRelyingService(options: ServiceOptions): Promise<void> {
  const { service, nc, log, signal, onReady } = options;
  const accounts = new Map<string, AccountStatusEntry>();
  const owed = new Map<string, Lock>();
  const acknowledged = new Set<string>();
  const board = faultBoard();

  const say = (lock: Lock, again = '') =>
    acknowledgeLock(
      nc,
      { ...lock, service, id: keyOf(lock), at: new Date().toISOString() },
      { signal, log, msgId: `${service}:${keyOf(lock)}${again}` },
    );

  async function settle(lock: Lock): Promise<void> {
    const rule = board.show(FAULTS, [lock.number]);
    switch (rule?.fault) {
      case 'SILENT':
        return;
      case 'WRONG':
        await say({ ...lock, seq: lock.seq + 1 });
        return;
      case 'SLOW':
        await pause(rule.ms ?? DEFAULT_SLOW_MS, signal);
        break;
      case 'TWICE':
        await say(lock);
        // Another message id, or the stream itself would drop the second one.
        await say(lock, '/again');
        break;
    }
    if (rule?.fault !== 'TWICE') await say(lock);
    owed.delete(keyOf(lock));
    acknowledged.add(keyOf(lock));
  }

  const pay = (lock: Lock): void => {
    settle(lock).catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error }, 'a lock could not be acknowledged');
    });
  };

  function obey(entry: AccountStatusEntry): void {
    const { number, seq, status } = entry;
    const known = accounts.get(number);
    if (known && known.position > entry.position) return;
    accounts.set(number, entry);
    const lock = { number, seq };
    if (status !== 'LOCKED' || acknowledged.has(keyOf(lock)) || owed.has(keyOf(lock))) return;
    owed.set(keyOf(lock), lock);
    pay(lock);
  }

  function act({ fault, ms, times, number }: RelyingCommand, watch: StatusWatch): RelyingReport {
    if (fault) {
      log.info({ fault, times }, 'fault commanded');
      board.command({ fault, ms, times }, number);
      for (const lock of owed.values()) pay(lock);
    }
    const entry = number === undefined ? undefined : accounts.get(number);
    return {
      ok: true,
      accounts: accounts.size,
      obeyed: [...accounts.values()].filter(({ status }) => status === 'LOCKED').length,
      acknowledged: acknowledged.size,
      owed: owed.size,
      age: watch.age(),
      ...(entry ? { entry } : {}),
    };
  }

  const onAge = ({ position }: { readonly position: number | undefined }) => {
    if (position !== undefined) onReady();
  };
  const watch = watchStatus({ nc, signal, log, onEntry: obey, onAge });
  const commands = serveCommands(nc, service, (command) => act(command, watch));
  await watch.ended;
  commands.unsubscribe();
}
