import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = new URL('../', import.meta.url);

export const say = (line) => process.stderr.write(`${line}\n`);

/** Path of a program that npm installed. */
export const tool = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, root));

/**
 * Runs a program in the project folder and answers with its exit code (128 + n when signal n ended it).
 * Signals are passed on; a Ctrl-C typed in a terminal already reaches the program by itself.
 */
export function run([file, ...args], { stdoutToStderr = false } = {}) {
  const child = spawn(file, args, {
    cwd: fileURLToPath(root),
    stdio: ['inherit', stdoutToStderr ? 2 : 'inherit', 'inherit'],
  });
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const pass = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  return new Promise((resolve) => {
    const end = (code) => {
      for (const remove of handlers) remove();
      resolve(code);
    };
    child.on('error', (error) => {
      say(`${file}: ${error.message}`);
      end(127);
    });
    child.on('close', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
