import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir, cachedBinary } from './cache.ts';
import { EngineError } from './error.ts';
import { tryLock } from './lock.ts';
import { versions } from './versions.ts';
import { waitUntil } from './wait.ts';

const PROGRESS_MS = 8_000;
const EXPECTED = { nats: 'about half a minute', temporal: '3 to 6 minutes' } as const;

/**
 * Builds an engine with Go from the module pinned in `engines/<engine>/go.sum` into the user cache.
 * Two builds at once: the second waits for the first and uses its result.
 * @param say receives one line of progress at least every 10 s
 * @returns path of the binary
 * @throws EngineError `EID_ERR_ENGINE_BUILD` with the end of the compiler's output
 */
export async function buildWithGo(engine: 'nats' | 'temporal', say: (line: string) => void): Promise<string> {
  const binary = cachedBinary(engine);
  mkdirSync(cacheDir(), { recursive: true });
  const lockFile = join(cacheDir(), `.lock-${engine}`);
  let lock = tryLock(lockFile);
  if ('heldBy' in lock) {
    say(`${engine}: process ${lock.heldBy} is building it, waiting`);
    let lastSaid = Date.now();
    await waitUntil(
      () => {
        if (Date.now() - lastSaid > PROGRESS_MS) {
          say(`${engine}: still waiting for the other build`);
          lastSaid = Date.now();
        }
        lock = tryLock(lockFile);
        return 'release' in lock;
      },
      { timeoutMs: 30 * 60_000, everyMs: 500, what: `the other build of ${engine}` },
    );
  }
  if ('heldBy' in lock)
    throw new EngineError('EID_ERR_ENGINE_BUILD', `${engine}: another build holds the lock`);
  try {
    if (!existsSync(binary)) await build(engine, binary, say);
    return binary;
  } finally {
    lock.release();
  }
}

async function build(
  engine: 'nats' | 'temporal',
  binary: string,
  say: (line: string) => void,
): Promise<void> {
  const prefix = `.build-${engine}-`;
  for (const left of readdirSync(cacheDir()).filter((name) => name.startsWith(prefix))) {
    rmSync(join(cacheDir(), left), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(cacheDir(), prefix));
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  say(`${engine} ${versions[engine]}: building with Go, ${EXPECTED[engine]} the first time`);
  let latest = '';
  const timer = setInterval(() => say(`${engine}: building, ${seconds()} ${latest}`.trimEnd()), PROGRESS_MS);
  try {
    await goInstall(engine, draft, (line) => {
      latest = `(${line})`;
    });
    rmSync(dirname(binary), { recursive: true, force: true });
    renameSync(draft, dirname(binary));
    say(`${engine} ${versions[engine]}: built in ${seconds()}`);
  } finally {
    clearInterval(timer);
    rmSync(draft, { recursive: true, force: true });
  }
}

function goInstall(engine: 'nats' | 'temporal', into: string, onLine: (line: string) => void): Promise<void> {
  // Without its version in it, a Temporal CLI says 0.0.0-DEV and would not be accepted on PATH.
  const version = `-X github.com/temporalio/cli/internal/temporalcli.Version=${versions[engine]}`;
  const ldflags = engine === 'temporal' ? `-s -w ${version}` : '-s -w';
  const go = spawn('go', ['install', '-trimpath', '-ldflags', ldflags, 'tool'], {
    cwd: fileURLToPath(new URL(`./${engine}/`, import.meta.url)),
    env: { ...process.env, GOBIN: into, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  const read = (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-4_000);
    onLine(tail.trimEnd().split('\n').at(-1)?.slice(0, 80) ?? '');
  };
  go.stdout.on('data', read);
  go.stderr.on('data', read);
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: Error) =>
      reject(new EngineError('EID_ERR_ENGINE_BUILD', `${engine} could not be built: ${why}`, { cause }));
    go.on('error', (error) => fail(error.message, error));
    go.on('close', (code) => {
      if (code === 0) resolve();
      else fail(`go install ended with ${code}\n${tail.trimEnd().split('\n').slice(-10).join('\n')}`);
    });
  });
}
