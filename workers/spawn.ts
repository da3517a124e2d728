import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

export type WorkerProcess = {
  readonly pid: number;
  readonly running: boolean;
  /** How it ended; null while it runs, and when a signal ended it. */
  readonly exitCode: number | null;
  /** Ends when the process has ended, however it did. */
  readonly ended: Promise<void>;
  /** Graceful; killed when it takes too long. */
  stop(): Promise<void>;
  kill(): Promise<void>;
};

/** Starts a worker as a process of its own and waits until it takes work; it ends with this process. */
export async function spawnWorker(
  env: Readonly<Record<string, string>>,
  log: Logger,
  entry: string = main,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { ...process.env, ...env, ORGEID_GUARDED: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  forwardLines(child, log);
  await ready(child, ended);
  return {
    pid: child.pid ?? 0,
    get exitCode() {
      return child.exitCode;
    },
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The worker's own log lines go on at their own level. */
function forwardLines(child: ChildProcess, log: Logger): void {
  if (!child.stderr) return;
  createInterface({ input: child.stderr }).on('line', (line) => {
    try {
      const { level, msg, time: _t, pid: _p, hostname: _h, name: _n, ...rest } = JSON.parse(line);
      const at = level >= 50 ? 'error' : level >= 40 ? 'warn' : 'debug';
      log[at]({ worker: child.pid, ...rest }, msg);
    } catch {
      log.warn({ worker: child.pid }, line);
    }
  });
}

async function ready(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const said = new Promise<true>((resolve) => {
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(true);
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_WITHIN_MS);
  });
  const isReady = await Promise.race([said, late, ended.then(() => false as const)]);
  clearTimeout(timer);
  if (isReady) return;
  child.kill('SIGKILL');
  throw new Error('the worker did not start; its last log lines say why');
}
