import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, run, say } from './processes.mjs';

const stamp = new URL('node_modules/.orgeid-lock-hash', root);
const lock = new URL('.orgeid/install.lock', root);

const read = (url) => {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
};

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. Answers with an exit code. */
export async function install() {
  if (isInstalled()) return 0;
  await takeLock();
  try {
    if (isInstalled()) return 0; // another run was first
    say('Installing dependencies (npm ci)');
    const npm = process.env.npm_execpath;
    const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const code = await run([...command, 'ci', '--no-audit', '--no-fund'], { stdoutToStderr: true });
    if (code === 0) writeFileSync(stamp, wantedHash());
    return code;
  } finally {
    rmSync(lock, { force: true });
  }
}

const wantedHash = () =>
  createHash('sha256')
    .update(read(new URL('package-lock.json', root)))
    .digest('hex');

function isInstalled() {
  if (read(stamp) === wantedHash()) return true;
  if (!agreesWithLockfile()) return false;
  writeFileSync(stamp, wantedHash());
  return true;
}

/** npm leaves a list of what it put in place; someone may have run it by hand. */
function agreesWithLockfile() {
  const listed = read(new URL('node_modules/.package-lock.json', root));
  if (!listed) return false;
  const present = JSON.parse(listed).packages;
  const wanted = Object.entries(JSON.parse(read(new URL('package-lock.json', root))).packages);
  return wanted.every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

async function takeLock() {
  mkdirSync(new URL('.orgeid/', root), { recursive: true });
  for (let said = false; ; ) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(read(lock));
    if (holder && !isAlive(holder)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!said) say(`Waiting for process ${holder}, which is installing dependencies`);
    said = true;
    await sleep(500);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
