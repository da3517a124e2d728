import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { binaryNames, cacheName } from './config.ts';

/** Where built engines are kept for every clone of this user: `$XDG_CACHE_HOME/orgeid/engines`. */
export function cacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'orgeid', 'engines');
}

/** Path of a built engine, whether or not it is there yet. */
export function cachedBinary(engine: 'nats' | 'temporal'): string {
  return join(cacheDir(), cacheName(engine), binaryNames[engine]);
}

/** Path of a built engine of the pinned version, if it has been built. */
export function findCached(engine: 'nats' | 'temporal'): string | undefined {
  const path = cachedBinary(engine);
  return existsSync(path) ? path : undefined;
}
