import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the watching process saw: an account's entry, and when, in epoch ms with fractions. */
export type Sighting = {
  readonly number: string;
  readonly status: string;
  readonly seq: number;
  readonly seenAt: number;
};

export type Sightings = {
  /** When the watcher saw an account at the change `seq` of its status. */
  at(number: string, seq: number): Promise<number>;
  stop(): Promise<void>;
};

/** Watches the status bucket in a process of its own, on a connection of its own. */
export async function watchElsewhere(natsUrl: string): Promise<Sightings> {
  const child = fork(fileURLToPath(new URL('./watcher.ts', import.meta.url)), [natsUrl], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const seen = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const keyOf = (number: string, seq: number) => `${number}/${seq}`;
  child.on('message', ({ number, seq, seenAt }: Sighting) => {
    const key = keyOf(number, seq);
    if (seen.has(key)) return;
    seen.set(key, seenAt);
    waiting.get(key)?.(seenAt);
    waiting.delete(key);
  });
  return {
    async at(number, seq) {
      const key = keyOf(number, seq);
      return seen.get(key) ?? (await new Promise<number>((resolve) => waiting.set(key, resolve)));
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
