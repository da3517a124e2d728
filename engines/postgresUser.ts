import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EngineError } from './error.ts';
import { versions } from './versions.ts';

export type User = { readonly uid: number; readonly gid: number };

// Beside root's own folders, which the user `postgres` may not enter.
const PUBLIC_ROOT = '/var/lib/orgeid';
const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root: root runs it as the user `postgres`, made when absent. Anyone else runs it as themselves.
 * @throws EngineError `EID_ERR_ENGINE_START` when the user can be neither found nor made
 */
export async function postgresUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp();
  if (found) return found;
  for (const command of [
    ['useradd', '--system', '--user-group', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ]) {
    const [file = '', ...args] = command;
    await run(file, args).catch(() => undefined);
    const made = await lookUp();
    if (made) return made;
  }
  throw new EngineError(
    'EID_ERR_ENGINE_START',
    'PostgreSQL does not run as root, and no user `postgres` could be made: make one, or run as another user.',
  );
}

async function lookUp(): Promise<User | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether a user may enter a folder: each folder on the way lets it pass. */
export function mayEnter(folder: string, user: User): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The cluster's folder: inside the run's folder, unless `postgres` may not enter that. */
export function clusterDir(dataDir: string, user: User | undefined): string {
  const inside = join(resolve(dataDir), 'postgres');
  if (!user) return inside;
  if (statSync(dataDir).uid === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (mayEnter(dataDir, user)) return inside;
  const outside = join(PUBLIC_ROOT, 'data');
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  return join(outside, createHash('sha256').update(inside).digest('hex').slice(0, 16));
}

/** A path of the same `postgres` binary that the user may execute: a copy when the original is out of its reach. */
export function reachableBinary(postgres: string, user: User | undefined): string {
  if (!user || mayEnter(dirname(postgres), user)) return postgres;
  const copy = join(PUBLIC_ROOT, `postgres-${versions.postgres}-${process.arch}`);
  if (!existsSync(copy)) {
    mkdirSync(PUBLIC_ROOT, { recursive: true, mode: 0o755 });
    const draft = mkdtempSync(`${copy}.`);
    cpSync(dirname(dirname(postgres)), draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    try {
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // otherwise another run was first
    }
  }
  return join(copy, 'bin', 'postgres');
}
