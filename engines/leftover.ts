import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { descendants, isAlive, signalQuietly, startStamp, waitUntilGone } from './processes.ts';

/** Writes down which process runs, in a file that ends in `.pid`. */
export function remember(pidFile: string, pid: number): void {
  writeFileSync(pidFile, JSON.stringify({ pid, startedAt: startStamp(pid) }));
}

/** A killed guard cannot end its engine; the next owner of the folder does, before it touches any data. */
export async function endLeftovers(folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.pid'))) {
    const path = join(folder, file);
    const { pid, startedAt } = parse(readFileSync(path, 'utf8'));
    if (startedAt !== '' && isAlive(pid) && startStamp(pid) === startedAt) {
      const all = [pid, ...descendants(pid)];
      for (const one of all) signalQuietly(one, 'SIGKILL');
      await waitUntilGone(all);
    }
    rmSync(path, { force: true });
  }
}

/** The process that a file of `remember` names, while that very process lives. */
export function runningIn(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const { pid, startedAt } = parse(readFileSync(pidFile, 'utf8'));
  return startedAt !== '' && isAlive(pid) && startStamp(pid) === startedAt ? pid : undefined;
}

function parse(text: string): { pid: number; startedAt: string } {
  try {
    return JSON.parse(text) as { pid: number; startedAt: string };
  } catch {
    return { pid: -1, startedAt: '' }; // half written by a run that was killed
  }
}
