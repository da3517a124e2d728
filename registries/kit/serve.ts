import type { Server } from 'node:http';
import { connectBus } from '../../bus/connect.ts';
import { createLogger } from '../../log/logger.ts';
import { startTracing } from '../../telemetry/start.ts';
import type { Adapter } from './adapter.ts';
import { cursorInFile } from './cursor.ts';
import { serveHealth } from './health.ts';
import { measureProcess, meterOf } from './meter.ts';
import { runAdapter } from './run.ts';
import { type AdapterSettings, readSettings, SettingsError } from './settings.ts';

/**
 * Makes a process of an adapter: settings from the environment, connection, questions, changes, health and metrics, until SIGTERM or
 * SIGINT. Prints one JSON line on standard output once it listens, its log on standard error.
 * Exit code 2: something is set wrong, in one sentence on standard error; 1: it failed.
 *
 * | variable | |
 * |---|---|
 * | `ORGEID_NATS_URL` | `nats://host:4222`, several separated by commas |
 * | `ORGEID_NATS_SEED_FILE` | file with the seed of the adapter's nkey |
 * | `ORGEID_ADAPTER_PORT`, `ORGEID_ADAPTER_HOST` | where `/health`, `/ready`, `/metrics` are served |
 * | `ORGEID_ADAPTER_CURSOR_FILE` | where the changes go on after a restart |
 * | `LOG_LEVEL` | `info` by default |
 */
export async function serveAdapter(adapter: Adapter, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  try {
    await serve(adapter, readSettings(env), stop.signal);
  } catch (error) {
    const known = error instanceof SettingsError;
    process.stderr.write(`${known ? error.message : `EID_ERR_ADAPTER: ${String(error)}`}\n`);
    process.exitCode = known ? 2 : 1;
  }
  process.exit(); // a connection that was never made would keep the process
}

async function serve(adapter: Adapter, settings: AdapterSettings, signal: AbortSignal): Promise<void> {
  const { party } = adapter;
  const {
    ORGEID_NATS_URL: servers,
    ORGEID_NATS_SEED_FILE: seedFile,
    ORGEID_ADAPTER_PORT: port,
    ORGEID_ADAPTER_HOST: host,
    ORGEID_ADAPTER_CURSOR_FILE: cursorFile,
    LOG_LEVEL: level,
  } = settings;
  const log = createLogger(`adapter-${party}`, { level });
  const tracing = await startTracing(`orgeid-adapter-${party.toLowerCase()}`);
  const meter = meterOf(party);
  measureProcess(meter.register);
  let isListening = () => false;
  let announced = false;
  const server =
    port === undefined
      ? undefined
      : await serveHealth({ host, port, party, meter, isListening: () => isListening() });
  if (server) log.info(addressOf(server), 'serving health and metrics');
  try {
    const nc = await orStopped(connectBus({ servers, name: `adapter-${party}`, seedFile, party }), signal);
    if (!nc) return;
    const announce = () => {
      if (announced) return;
      announced = true;
      const ready = { ready: true, party, pid: process.pid, ...addressOf(server) };
      process.stdout.write(`${JSON.stringify(ready)}\n`);
    };
    try {
      await runAdapter(adapter, {
        nc,
        log,
        signal,
        meter,
        ...(cursorFile === undefined ? {} : { cursor: cursorInFile(cursorFile) }),
        onReady: announce,
        onStanding: (asked) => {
          isListening = asked;
        },
      });
    } finally {
      await nc.close();
    }
  } finally {
    server?.close();
    server?.closeAllConnections();
    await tracing?.stop();
  }
}

const addressOf = (server: Server | undefined): { readonly port?: number } => {
  const address = server?.address();
  return typeof address === 'object' && address ? { port: address.port } : {};
};

const orStopped = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  Promise.race([
    promise,
    new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    ),
  ]);
