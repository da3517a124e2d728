import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAlive, startStamp } from './processes.ts';

export type Lock = { release(): void };
type Holder = { readonly pid: number; readonly startedAt: string; readonly id: string };

const TAKEOVER_STALE_MS = 10_000;

/**
 * Takes a lock file for this process. A lock whose process is dead is taken over.
 * @returns the lock, or the process id of its living holder
 */
export function tryLock(path: string): Lock | { readonly heldBy: number } {
  const mine: Holder = { pid: process.pid, startedAt: startStamp(process.pid), id: randomUUID() };
  for (;;) {
    if (create(path, mine)) return { release: () => release(path, mine) };
    const holder = read(path);
    if (!holder) continue;
    if (lives(holder)) return { heldBy: holder.pid };
    removeStale(path);
  }
}

/** Whether the process that wrote this is still the one that runs under its id. */
function lives(holder: Holder): boolean {
  return isAlive(holder.pid) && (holder.startedAt === '' || startStamp(holder.pid) === holder.startedAt);
}

/** Two processes that find the same dead holder must not remove each other's new lock: one at a time. */
function removeStale(path: string): void {
  const takeover = `${path}.takeover`;
  const mine: Holder = { pid: process.pid, startedAt: startStamp(process.pid), id: randomUUID() };
  if (!create(takeover, mine)) {
    const age = Date.now() - (statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > TAKEOVER_STALE_MS) rmSync(takeover, { force: true });
    return;
  }
  const holder = read(path);
  if (holder && !lives(holder)) rmSync(path, { force: true });
  rmSync(takeover, { force: true });
}

/** A hard link appears at once with its content, so nobody reads a half-written lock. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.id}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { pid: -1, startedAt: '', id: '' };
    throw error;
  }
}

function release(path: string, mine: Holder): void {
  if (read(path)?.id === mine.id) rmSync(path, { force: true });
}
