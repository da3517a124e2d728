import { readFileSync } from 'node:fs';
import type { EngineName } from './types.ts';

const file = JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8')) as {
  temporalCli: string;
  temporalServer: string;
  nats: string;
  postgres: string;
};

/** Every engine, in the order in which they are looked for. */
export const engineNames = ['postgres', 'nats', 'temporal'] as const satisfies readonly EngineName[];

/** The version of each engine that this project is tested with, from `engines/versions.json`. */
export const versions: Readonly<Record<EngineName, string>> = {
  postgres: file.postgres,
  nats: file.nats,
  temporal: file.temporalCli,
};

/** The first dotted number in what a binary prints for `--version`, such as `18.4` or `2.14.5`. */
export function parseVersion(text: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(text)?.[0];
}

/**
 * Whether a found version may stand in for the wanted one: the same major version, and not older.
 * PostgreSQL keeps its data format, NATS and Temporal their interfaces, within a major version.
 */
export function isUsable(found: string, wanted: string): boolean {
  const a = found.split('.').map(Number);
  const b = wanted.split('.').map(Number);
  if (a[0] !== b[0]) return false;
  for (let i = 1; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
