import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { waitUntil } from './wait.ts';

type Stat = { readonly state: string; readonly parent: number; readonly startedAt: string };

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

const hasProc = existsSync('/proc/self/stat');

/** Whether a process runs; one that is dead and only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  if (hasProc) {
    const found = stat(pid);
    return found !== undefined && found.state !== 'Z' && found.state !== 'X';
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells two processes with the same id apart, as after a restart of the machine. Empty where the system does not say. */
export function startStamp(pid: number): string {
  return stat(pid)?.startedAt ?? '';
}

/** Children of a process and theirs, as they are now. */
export function descendants(pid: number): number[] {
  const children = parents();
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const next = children.get(queue.pop() ?? -1) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

function parents(): Map<number, number[]> {
  const pairs: [number, number][] = hasProc
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => [Number(name), stat(Number(name))?.parent ?? 0])
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const map = new Map<number, number[]>();
  for (const [child, parent] of pairs) map.set(parent, [...(map.get(parent) ?? []), child]);
  return map;
}

/** Sends a signal; a process that is already gone is no error. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until none of the processes runs. */
export async function waitUntilGone(pids: readonly number[], timeoutMs = 15_000): Promise<void> {
  await waitUntil(() => pids.every((pid) => !isAlive(pid)), {
    timeoutMs,
    what: `processes ${pids.join(', ')} to end`,
  });
}
