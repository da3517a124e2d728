import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What to run, and how to end it: signals in order, each with the time (ms) it has to work before the next, then SIGKILL. */
export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly ending: readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[];
};

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A process under guard: it ends when this process does. */
export type Guarded = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  hasEnded(): boolean;
  /** Ends it in good order and waits. */
  end(): Promise<void>;
};

type Message = { pid?: number; error?: string; code?: number | null; signal?: NodeJS.Signals | null };

/** Starts a command under `guard.mjs`; its output is appended to the log file. Throws when it cannot be executed. */
export async function runGuarded(command: Command, logFile: string): Promise<Guarded> {
  const { user, env, ...rest } = command; // what is secret in `env` must not be among the arguments, which everybody sees
  const spec = JSON.stringify({ ...rest, ...user, logFile });
  const guard = spawn(process.execPath, [fileURLToPath(new URL('./guard.mjs', import.meta.url)), spec], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    env: { ...process.env, ...env, NODE_OPTIONS: '' },
  });
  guard.stdin.on('error', () => {}); // EPIPE when the guard is already gone
  let last: Message = {};
  const closed = once(guard, 'close');
  const pid = await new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    createInterface({ input: guard.stdout }).on('line', (line) => {
      last = JSON.parse(line) as Message;
      if (last.pid !== undefined) resolve(last.pid);
      if (last.error !== undefined) reject(new Error(last.error));
    });
    void closed.then(() => reject(new Error('the guard ended before the engine started')));
  });
  let over = false;
  const ended = closed.then((): Ended => {
    over = true;
    return { code: last.code ?? null, signal: last.signal ?? null };
  });
  return {
    pid,
    ended,
    hasEnded: () => over,
    end: async () => {
      guard.stdin.end();
      await ended;
    },
  };
}
