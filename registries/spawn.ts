import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Party, Registry } from '../schemas/registry.ts';

export type SpawnOptions = {
  readonly party: Party;
  readonly natsUrl: string;
  readonly dataFile?: string;
  /** Takes the party's log lines as they are. */
  readonly log?: Logger;
  /** Longest wait for the ready line, in ms (default 60 000): it comes once streams and NATS are there. */
  readonly readyMs?: number;
};

export type SpawnedParty = {
  readonly party: Party;
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
  const { party, natsUrl, dataFile, log, readyMs = 60_000 } = options;
  const folder = Registry.safeParse(party).success ? 'mock' : 'channels';
  const args = [
    '--import',
    'tsx',
    `registries/${folder}/main.ts`,
    '--party',
    party,
    '--nats',
    natsUrl,
    '--guarded',
  ];
  if (dataFile !== undefined) args.push('--data', resolve(dataFile));
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
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
  return { party, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
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
