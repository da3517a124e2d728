import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Logger } from 'pino';
import { EngineError } from './error.ts';
import { type Command, type Guarded, runGuarded } from './guarded.ts';
import { remember } from './leftover.ts';
import { freePort, isFree } from './ports.ts';
import { descendants, signalQuietly, waitUntilGone } from './processes.ts';
import type { Engine, EngineName } from './types.ts';
import { waitUntil } from './wait.ts';

/** How one engine is run in one folder. */
export type Recipe = {
  readonly name: EngineName;
  readonly logFile: string;
  /** Remembers the process, so that the next run can end one that outlived a killed guard. */
  readonly pidFile: string;
  readonly fixedPort?: number | undefined;
  readonly readyMs: number;
  command(port: number): Command;
  /** Talks to the engine; false or a rejection means not yet. */
  check(port: number): Promise<boolean>;
};

export type Managed = Engine & { readonly port: number; stop(): Promise<void> };

const PORT_TRIES = 3;

/**
 * Starts an engine under guard and waits until it is healthy.
 * @throws EngineError `EID_ERR_ENGINE_START` with the last lines of its log; nothing is left running then
 */
export async function startManaged(recipe: Recipe, log: Logger | undefined): Promise<Managed> {
  for (let attempt = 1; ; attempt++) {
    const port = recipe.fixedPort ?? (await freePort());
    try {
      const first = await launch(recipe, port);
      log?.info({ engine: recipe.name, port, pid: first.pid }, 'engine started');
      return manage(recipe, port, first, log);
    } catch (error) {
      // Another program may take a free port between our look and the engine's bind.
      const taken = recipe.fixedPort === undefined && /address already in use/i.test(String(error));
      if (!taken || attempt === PORT_TRIES) throw error;
    }
  }
}

function manage(recipe: Recipe, port: number, first: Guarded, log: Logger | undefined): Managed {
  const { name } = recipe;
  let current = first;
  let expected = false;
  let stopped = false;

  const watch = (process: Guarded) =>
    void process.ended.then((end) => {
      if (!expected && process === current) log?.warn({ engine: name, ...end }, 'engine ended by itself');
    });
  watch(first);

  return {
    name,
    port,
    address: `127.0.0.1:${port}`,
    logFile: recipe.logFile,
    get pid() {
      return current.hasEnded() ? undefined : current.pid;
    },
    healthy: async () => !current.hasEnded() && (await recipe.check(port).catch(() => false)),
    kill: async (signal = 'SIGKILL') => {
      if (current.hasEnded()) return;
      const pauses = signal === 'SIGSTOP' || signal === 'SIGCONT';
      expected = !pauses;
      const all = [current.pid, ...descendants(current.pid)];
      for (const pid of all) signalQuietly(pid, signal);
      log?.info({ engine: name, signal }, 'engine signalled');
      if (pauses) return;
      await current.ended;
      await waitUntilGone(all);
    },
    restart: async () => {
      if (stopped)
        throw new EngineError('EID_ERR_ENGINE_STOPPED', `${name} was stopped and cannot be restarted`);
      expected = true;
      await current.end();
      current = await launch(recipe, port);
      expected = false;
      watch(current);
      log?.info({ engine: name, port, pid: current.pid }, 'engine restarted');
    },
    stop: async () => {
      if (stopped) return void (await current.ended);
      stopped = true;
      expected = true;
      await current.end();
      rmSync(recipe.pidFile, { force: true });
      log?.info({ engine: name }, 'engine stopped');
    },
  };
}

async function launch(recipe: Recipe, port: number): Promise<Guarded> {
  const { name, logFile, readyMs } = recipe;
  if (!(await isFree(port))) {
    throw new EngineError(
      'EID_ERR_ENGINE_START',
      `${name} cannot start: 127.0.0.1:${port}: address already in use`,
    );
  }
  let process: Guarded;
  try {
    process = await runGuarded(recipe.command(port), logFile);
  } catch (cause) {
    throw new EngineError('EID_ERR_ENGINE_START', `${name} could not be run: ${String(cause)}`, { cause });
  }
  remember(recipe.pidFile, process.pid);
  try {
    await waitUntil(
      async () =>
        process.hasEnded() || ((await recipe.check(port).catch(() => false)) && !process.hasEnded()),
      { timeoutMs: readyMs, everyMs: 40, what: `${name} to become healthy` },
    );
    if (process.hasEnded()) throw new Error('it ended while starting');
    return process;
  } catch (cause) {
    await process.end();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError(
      'EID_ERR_ENGINE_START',
      `${name}: ${why}. Its log (${logFile}) ends with:\n${tail(logFile)}`,
      {
        cause,
      },
    );
  }
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : '';
}
