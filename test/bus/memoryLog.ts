import { createHash } from 'node:crypto';
import type { ReadableLog } from '../../bus/relayOptions.ts';
import type { LoggedEvent } from '../../schemas/case.ts';

const NO_HASH = '0'.repeat(64);

export type MemoryLog = ReadableLog & {
  readonly events: readonly LoggedEvent[];
  /** Appends so many events, with a chain of hashes. */
  append(count: number): void;
};

/** A log in memory; `seed` makes two logs hold different events. */
export function memoryLog(seed = 'a'): MemoryLog {
  const events: LoggedEvent[] = [];
  const sleepers = new Set<() => void>();
  return {
    events,
    append(count) {
      for (let i = 0; i < count; i++) events.push(next(events, seed));
      for (const wake of sleepers) wake();
      sleepers.clear();
    },
    readAfter: async (position, limit) => events.slice(position, position + limit),
    async waitAfter(position, signal) {
      if (events.length > position || signal.aborted) return;
      await new Promise<void>((resolve) => {
        sleepers.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

function next(events: readonly LoggedEvent[], seed: string): LoggedEvent {
  const position = events.length + 1;
  const prevHash = events.at(-1)?.hash ?? NO_HASH;
  const at = new Date(Date.UTC(2025, 3, 2, 1, 0, position)).toISOString();
  return {
    position,
    stream: `registration-r${position % 7}`,
    version: Math.ceil(position / 7),
    type: 'RequestSubmitted',
    data: { note: `Hồ sơ ${seed} số ${position}`, b: 1, a: [position] },
    at,
    by: { id: 'officer-1', name: 'Nguyễn Văn Ví Dụ', unit: 'C06' },
    commandId: `command-${position}`,
    correlationId: `correlation-${position}`,
    recordedAt: at,
    prevHash,
    hash: createHash('sha256').update(`${prevHash} ${seed} ${position}`).digest('hex'),
  };
}
