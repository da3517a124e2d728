import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type Running = {
  readonly child: ChildProcess;
  /** What it said on standard output until now. */
  readonly said: () => string;
  /** Resolves when standard output matches. @throws when it ends before */
  until(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
};

/** Runs `orgeid` as a person does. */
export function orgeid(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Running {
  const child = spawn(process.execPath, ['cli/orgeid.mjs', ...args], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      heard[name] += text;
    });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout: heard.stdout, stderr: heard.stderr })),
  );
  return {
    child,
    ended,
    said: () => heard.stdout,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(heard.stdout) && resolve();
        child.stdout.on('data', look);
        child.once('close', () => reject(new Error(`it ended: ${heard.stdout}${heard.stderr}`)));
        look();
      }),
  };
}
