import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USERS_FILE } from './config.ts';
import { EngineError } from './error.ts';
import { runningIn } from './leftover.ts';
import { natsFolder } from './nats.ts';
import { signalQuietly } from './processes.ts';
import { waitUntil } from './wait.ts';

/** How long a server may take until it counts with other users. */
const WITHIN_MS = 10_000;

/** The process of the embedded NATS server in the folder of a run; undefined when none runs there. */
export const natsProcessIn = (dataDir: string): number | undefined => runningIn(join(dataDir, 'nats.pid'));

/**
 * Writes the users of the embedded server, and has a running one read them: who is not among them any more is cut off.
 * The server's own log says whether it took them.
 *
 * @returns whether a server was running
 * @throws EngineError `EID_ERR_ENGINE_USERS` when it refuses them; the file is then what it was before
 */
export async function writeUsers(dataDir: string, users: string): Promise<boolean> {
  const file = join(natsFolder(dataDir), USERS_FILE);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const pid = natsProcessIn(dataDir);
  if (before !== users) replaceFile(file, users);
  if (pid === undefined || before === users) return pid !== undefined;
  try {
    // The server binds what a new account imports only when it reads the account a second time.
    for (let reading = 0; reading < 2; reading++) await reload(dataDir, pid);
  } catch (cause) {
    if (before !== undefined) replaceFile(file, before);
    throw new EngineError('EID_ERR_ENGINE_USERS', `NATS did not take its users: ${String(cause)}`, { cause });
  }
  return true;
}

/** Throws what the server says against its configuration. */
async function reload(dataDir: string, pid: number): Promise<void> {
  const log = join(dataDir, 'logs', 'nats.log');
  const from = existsSync(log) ? statSync(log).size : 0;
  const said = () => readFileSync(log).subarray(from).toString('utf8');
  signalQuietly(pid, 'SIGHUP');
  const done = async () => /Reloaded server configuration|Failed to reload/.test(said());
  await waitUntil(done, { timeoutMs: WITHIN_MS, everyMs: 20, what: 'NATS to read its users' });
  if (/Failed to reload/.test(said())) throw new Error(said().trim());
}

/** In one step: whoever reads the file meanwhile gets one text or the other. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
