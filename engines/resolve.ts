import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binaryNames } from './config.ts';
import { EngineError } from './error.ts';
import type { Probes } from './probes.ts';
import type { EngineName } from './types.ts';
import { isUsable, versions } from './versions.ts';

/** Where an engine was found: a running server, or a binary to start. */
export type Resolved =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'binary'; readonly path: string; readonly from: 'path' | 'cache' | 'build' | 'npm' };

/** Environment variable that names a running server of each engine. */
export const addressVariables = {
  postgres: 'ORGEID_POSTGRES_URL',
  nats: 'ORGEID_NATS_URL',
  temporal: 'ORGEID_TEMPORAL_ADDRESS',
} as const;

/** Oldest Go that the committed modules build with. */
export const GO_VERSION = '1.26.4';

/**
 * Finds an engine: address in the environment, binary on PATH of a usable version, then for NATS and Temporal
 * the user cache or a build with Go, for PostgreSQL the npm package.
 * @throws EngineError `EID_ERR_ENGINE_MISSING` saying how to get it, `EID_ERR_ENGINE_BUILD`
 */
export async function resolveEngine(name: EngineName, probes: Probes): Promise<Resolved> {
  const address = probes.env(addressVariables[name]);
  if (address) return { kind: 'address', address };

  for (const path of probes.onPath(binaryNames[name])) {
    if (name === 'postgres' && !existsSync(join(dirname(path), 'initdb'))) continue;
    const version = await probes.versionOf(path);
    if (version && isUsable(version, versions[name])) return { kind: 'binary', path, from: 'path' };
  }

  if (name === 'postgres') {
    const path = await probes.packagedPostgres();
    if (path) return { kind: 'binary', path, from: 'npm' };
    throw missing(
      name,
      'Its npm package holds no binary for this platform or was left out: run `npm ci` with optional dependencies',
    );
  }

  const cached = probes.cached(name);
  if (cached) return { kind: 'binary', path: cached, from: 'cache' };
  const go = await probes.goVersion();
  const getGo = `install Go ${GO_VERSION} or newer from https://go.dev/dl/`;
  if (!go) throw missing(name, `Go, which would build it, is not on PATH: ${getGo}`);
  // Since 1.21, Go fetches the toolchain that a module asks for by itself, unless it is told not to.
  if (!isUsable(go, GO_VERSION) && (!isUsable(go, '1.21') || probes.env('GOTOOLCHAIN') === 'local')) {
    throw missing(name, `Go ${go} is too old to build it: ${getGo}`);
  }
  return { kind: 'binary', path: await probes.build(name), from: 'build' };
}

function missing(name: EngineName, why: string): EngineError {
  return new EngineError(
    'EID_ERR_ENGINE_MISSING',
    `${name} ${versions[name]} was not found. ${why}, or put \`${binaryNames[name]}\` ${versions[name]} on PATH, ` +
      `or set ${addressVariables[name]} to a running server.`,
  );
}
