import { readFileSync } from 'node:fs';
import { descendants } from '../engines/processes.ts';

/** CPU seconds that a process and all below it have used so far; 0 where the system does not tell. */
export function cpuSeconds(pid: number): number {
  let ticks = 0;
  for (const one of [pid, ...descendants(pid)]) {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // ended meanwhile
    }
  }
  return ticks / 100;
}
