import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { pause } from '../../bus/wait.ts';

/** The adapter as a process of the check's own, started by a command line. */
export type AdapterProcess = {
  readonly command: string;
  start(): void;
  /** Sends the signal to it and to what it started, and waits until all are gone: false when they were not after so many ms. */
  end(signal: NodeJS.Signals, ms: number): Promise<boolean>;
  isAlive(): boolean;
  /** How it ended, and the last lines that it wrote on standard error. */
  lastWords(): string;
};

const LINES = 8;

/** An adapter does not outlive the check. */
const running = new Set<() => void>();
process.on('exit', () => {
  for (const end of running) end();
});

/** @param env added to the environment of the check */
export function adapterProcess(
  command: string,
  env: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): AdapterProcess {
  let child: ChildProcess | undefined;
  let lines: string[] = [];
  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    if (child?.pid === undefined) return false;
    try {
      return process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };
  const endIt = () => signalGroup('SIGKILL');
  return {
    command,
    start() {
      lines = [];
      running.add(endIt);
      child = spawn(command, {
        shell: true,
        cwd,
        detached: true, // a group of its own: a shell passes signals on to nobody
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...env },
      });
      child.on('error', (error) => lines.push(String(error)));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        lines = [...lines, ...text.split('\n').filter((line) => line !== '')].slice(-LINES);
      });
    },
    async end(signal, ms) {
      signalGroup(signal);
      for (const until = Date.now() + ms; signalGroup(0); await pause(20)) {
        if (Date.now() <= until) continue;
        signalGroup('SIGKILL');
        return false;
      }
      running.delete(endIt);
      return true;
    },
    isAlive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    lastWords() {
      const how = ended(child);
      return `${how}${lines.length === 0 ? '' : `; its last lines: ${lines.join(' | ')}`}`;
    },
  };
}

function ended(child: ChildProcess | undefined): string {
  if (child?.signalCode) return `ended by ${child.signalCode}`;
  return typeof child?.exitCode === 'number' ? `ended with exit code ${child.exitCode}` : 'still runs';
}
