import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildWithGo } from './build.ts';
import { findCached } from './cache.ts';
import { findPackagedPostgres } from './postgresPackage.ts';
import type { EngineName } from './types.ts';
import { parseVersion } from './versions.ts';

/** What the search for an engine asks the machine. Tests put their own answers here. */
export type Probes = {
  env(name: string): string | undefined;
  /** Every executable of that name on PATH, in order. */
  onPath(binary: string): string[];
  /** Version that a binary says it has. */
  versionOf(binary: string): Promise<string | undefined>;
  cached(engine: 'nats' | 'temporal'): string | undefined;
  goVersion(): Promise<string | undefined>;
  build(engine: 'nats' | 'temporal'): Promise<string>;
  /** `postgres` of the npm package. */
  packagedPostgres(): Promise<string | undefined>;
};

const run = promisify(execFile);

/** The probes that look at this machine. `say` receives progress lines of a build. */
export function machineProbes(say: (line: string) => void): Probes {
  return {
    env: (name) => process.env[name] || undefined,
    onPath: (binary) =>
      (process.env.PATH ?? '')
        .split(delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => join(folder, binary))
        .filter(isExecutable)
        .map((path) => realpathSync(path)),
    versionOf: async (binary) => parseVersion(await output(binary, ['--version'])),
    cached: findCached,
    goVersion: async () => parseVersion(await output('go', ['version'])),
    build: (engine: Exclude<EngineName, 'postgres'>) => buildWithGo(engine, say),
    packagedPostgres: async () => {
      const root = await findPackagedPostgres();
      return root && join(root, 'bin', 'postgres');
    },
  };
}

async function output(file: string, args: string[]): Promise<string> {
  try {
    return (await run(file, args, { timeout: 10_000 })).stdout;
  } catch {
    return '';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
