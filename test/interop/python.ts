import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../domain/error.ts';

const ownRequirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const OLDEST = [3, 10] as const;

function mustHavePython(): void {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys, venv; print(*sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  const [major = 0, minor = 0] = (stdout ?? '').split(' ').map(Number);
  if (status === 0 && (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))) return;
  throw new DomainError('EID_ERR_ENGINE_MISSING', {
    what: 'python3',
    why: `install Python ${OLDEST.join('.')} or newer with its venv module from https://www.python.org/ or the system's packages (python3-venv)`,
  });
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

/**
 * The folder of the programs of an environment with exactly the packages of a requirements file (that of these tests by default), made in
 * the user's cache when it is not there.
 * @throws DomainError EID_ERR_ENGINE_MISSING saying how to get Python
 */
export async function pythonTools(
  say: (text: string) => void,
  requirements = ownRequirements,
): Promise<string> {
  mustHavePython();
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'orgeid');
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const home = join(cache, `interop-${version}`);
  const done = join(home, 'complete');
  if (!existsSync(done)) {
    say(`making a Python environment with the packages of ${relative(process.cwd(), requirements)}`);
    mkdirSync(cache, { recursive: true });
    rmSync(home, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', home]);
    await run(join(home, 'bin', 'pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
    mkdirSync(done);
  }
  return join(home, 'bin');
}
