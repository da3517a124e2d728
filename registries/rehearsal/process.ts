import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { NatsConnection } from '@nats-io/nats-core';
import { type Logger, pino } from 'pino';
import type { z } from 'zod';
import { connectBus } from '../../bus/connect.ts';
import { issuesOf } from '../../bus/json.ts';
import { startTracing } from '../../telemetry/start.ts';

export type PartyProcess = {
  readonly party: string;
  readonly dataFile: string | undefined;
  /** `SEED:COUNT` of a generated world; mock registries only. */
  readonly world: string | undefined;
  readonly nc: NatsConnection;
  readonly log: Logger;
  /** Aborted by SIGTERM and SIGINT, and with `--guarded` when standard input closes. */
  readonly signal: AbortSignal;
  /** Prints the ready line, once. */
  readonly onReady: () => void;
};

/**
 * The frame of a mock party's process: `--party P --nats URL [--seed FILE] [--data FILE] [--world SEED:COUNT] [--guarded]`. Standard output carries one
 * JSON line once the party listens, standard error the log. Exit code 2: the arguments or the data are not valid.
 */
export async function runPartyProcess(main: (process: PartyProcess) => Promise<void>): Promise<void> {
  const { values } = parseArgs({
    options: {
      party: { type: 'string' },
      nats: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      world: { type: 'string' },
      guarded: { type: 'boolean', default: false },
    },
  });
  const { party, nats, seed, data, world, guarded } = values;
  if (party === undefined || nats === undefined) throw usage('--party and --nats are required');
  const signal = endOfProcess(guarded);
  const tracing = await startTracing(`orgeid-party-${party.toLowerCase()}`);
  const log = pino(
    { name: 'party', base: { party }, redact: ['*.personNumber', '*.address', '*.values', 'values'] },
    pino.destination(2),
  );
  const connecting = connectBus({ servers: nats, name: `mock-${party}`, seedFile: seed, party });
  const nc = await Promise.race([connecting, aborted(signal)]);
  if (!nc) return;
  let announced = false;
  const onReady = () => {
    if (!announced) process.stdout.write(`${JSON.stringify({ ready: true, party, pid: process.pid })}\n`);
    announced = true;
  };
  try {
    await main({ party, dataFile: data, world, nc, log, signal, onReady });
  } finally {
    await nc.close();
    await tracing?.stop();
  }
}

/** Ends the process with exit code 0, or 2 for what the caller can mend and 1 for everything else. */
export function exitWith(running: Promise<void>): void {
  running.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(error instanceof UsageError ? 2 : 1);
    },
  );
}

class UsageError extends Error {}
export const usage = (message: string): Error => new UsageError(`EID_ERR_USAGE: ${message}`);

/** @throws UsageError naming the paths that are not valid */
export function readData<S extends z.ZodType>(schema: S, file: string): z.infer<S> {
  let body: unknown;
  try {
    body = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw usage(`${file} cannot be read as JSON (${String(cause)})`);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw usage(`${file}: ${issuesOf(parsed.error)}`);
  return parsed.data;
}

/** Aborted by SIGTERM and SIGINT, and when standard input closes if the process is guarded. */
export function endOfProcess(guarded: boolean): AbortSignal {
  const end = new AbortController();
  const stop = () => end.abort(new Error('stopped'));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (guarded) {
    process.stdin.resume();
    process.stdin.once('close', stop);
    process.stdin.once('error', stop);
  }
  return end.signal;
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
