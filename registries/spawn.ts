import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Party, Registry } from '../schemas/registry.ts';

export type SpawnOptions = ListenerOptions & {
  readonly party: Party;
  readonly dataFile?: string;
  /** `SEED:COUNT` of generated organisations that a registry serves beside its file. */
  readonly world?: string;
};

type ListenerOptions = {
  readonly natsUrl: string;
  /** File with the seed of the party's own key; it comes in by what the address says when absent. */
  readonly seedFile?: string | undefined;
  /** Takes the party's log lines as they are. */
  readonly log?: Logger;
  /** Longest wait for the ready line, in ms (default 60 000): it comes once streams and NATS are there. */
  readonly readyMs?: number;
};

export type SpawnedParty = Listener & { readonly party: Party };

export type Listener = {
  readonly pid: number;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts a mock registry or channel as a process of its own and waits until it listens. It ends when this process does.
 * @throws when it ends or stays quiet instead, with the last lines that it wrote
 */
export async function spawnParty(options: SpawnOptions): Promise<SpawnedParty> {
  const { party, dataFile, world } = options;
  const folder = Registry.safeParse(party).success ? 'mock' : 'channels';
  const data = [
    ...(dataFile === undefined ? [] : ['--data', resolve(dataFile)]),
    ...(world === undefined ? [] : ['--world', world]),
  ];
  return { party, ...(await spawnListener(`registries/${folder}/main.ts`, party, data, options)) };
}

/**
 * Starts a mock relying service, by its code, as a process of its own and waits until it watches.
 * @throws as spawnParty
 */
export const spawnRelyingService = (service: string, options: ListenerOptions): Promise<Listener> =>
  spawnListener('registries/relying/main.ts', service, [], options);

/** The system of a body that answers over HTTP on its own account. */
export type BodyOptions = Pick<ListenerOptions, 'log' | 'readyMs'> & {
  readonly client: string;
  readonly secret: string;
  readonly api: string;
  readonly issuer: string;
  readonly audience: string;
  readonly dataFile: string;
  /** How often it looks into its inbox, ms. */
  readonly everyMs: number;
};

/**
 * Starts the mock system of a body as a process of its own and waits until it has read its inbox.
 * @throws as spawnParty
 */
export function spawnBody({
  client,
  secret,
  api,
  issuer,
  audience,
  dataFile,
  everyMs,
  ...options
}: BodyOptions) {
  const where = ['--api', api, '--issuer', issuer, '--audience', audience];
  const args = [...where, '--client', client, '--data', resolve(dataFile), '--every', String(everyMs)];
  return spawnReady('registries/bodies/main.ts', client, args, {
    ...options,
    env: { ORGEID_BODY_SECRET: secret },
  });
}

function spawnListener(
  entry: string,
  party: string,
  more: readonly string[],
  { natsUrl, seedFile, ...options }: ListenerOptions,
): Promise<Listener> {
  const key = seedFile === undefined ? [] : ['--seed', seedFile];
  return spawnReady(entry, party, ['--party', party, '--nats', natsUrl, ...key, ...more], options);
}

type ReadyOptions = Pick<ListenerOptions, 'log' | 'readyMs'> & {
  readonly env?: Readonly<Record<string, string>>;
};

async function spawnReady(
  entry: string,
  party: string,
  more: readonly string[],
  { log, readyMs = 60_000, env = {} }: ReadyOptions,
): Promise<Listener> {
  const args = ['--import', 'tsx', entry, '--guarded', ...more];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}); // EPIPE when it is already gone
  const ended = once(child, 'close');
  ended.catch(() => {});
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > 15) lastLines.shift();
    log?.debug({ party, line }, 'party');
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  try {
    await readyLine(child, ended, readyMs);
  } catch (cause) {
    await end('SIGKILL').catch(() => {});
    throw new Error(`party ${party} did not start: ${String(cause)}\n${lastLines.join('\n')}`, { cause });
  }
  return { pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function readyLine(child: ChildProcess, ended: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((ready, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after ${ms} ms`)), ms);
    if (child.stdout) createInterface({ input: child.stdout }).once('line', () => ready());
    child.once('error', reject);
    ended.then(() => reject(new Error('it ended')), reject).finally(() => clearTimeout(timer));
    child.stdout?.once('data', () => clearTimeout(timer));
  });
}
