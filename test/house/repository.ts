import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A file of the repository as text; its path starts at the root. */
export const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

/** Files that git keeps or would keep, with their paths from the root. */
export function repositoryFiles(...patterns: string[]): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(list.split('\0').filter((path) => path !== ''))];
}
