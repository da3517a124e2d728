// Runs one engine and ends it when the process that asked for it is gone, however that one ended:
// the operating system closes the pipe on stdin even after kill -9.
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import process from 'node:process';

/** @type {{ file: string, args: string[], cwd: string, env: Record<string, string>, uid?: number, gid?: number, logFile: string, ending: { signal: NodeJS.Signals, graceMs: number }[] }} */
const spec = JSON.parse(process.argv[2] ?? '{}');
const log = openSync(spec.logFile, 'a');
const { uid, gid, cwd } = spec;

const engine = spawn(spec.file, spec.args, {
  cwd,
  env: { ...process.env, ...spec.env },
  stdio: ['ignore', log, log],
  detached: true, // a group of its own, so that Ctrl-C in a terminal reaches it in our order only
  ...(uid === undefined ? {} : { uid, gid }),
});

function tell(message) {
  try {
    writeSync(1, `${JSON.stringify(message)}\n`);
  } catch {
    // nobody is listening any more
  }
}

function signalGroup(signal) {
  try {
    process.kill(-engine.pid, signal);
  } catch {
    // the group is empty
  }
}

let ending = false;
function end() {
  if (ending) return;
  ending = true;
  const steps = [...spec.ending];
  const next = () => {
    const step = steps.shift();
    if (!step) return signalGroup('SIGKILL');
    engine.kill(step.signal);
    setTimeout(next, step.graceMs);
  };
  next();
}

engine.on('spawn', () => tell({ pid: engine.pid }));
engine.on('error', (error) => {
  tell({ error: error.message });
  process.exit(1);
});
engine.on('exit', (code, signal) => {
  signalGroup('SIGKILL');
  tell({ code, signal });
  process.exit(0);
});

process.stdin.on('close', end).on('error', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
