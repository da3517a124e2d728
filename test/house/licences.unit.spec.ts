import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { read, repositoryFiles } from './repository.ts';

type Installed = { readonly license?: string; readonly dev?: boolean; readonly resolved?: string };
const lock: { packages: Record<string, Installed> } = JSON.parse(read('package-lock.json'));
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Licences that let the project be given on under Apache-2.0 with no duty beyond notices. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Tools of development that are never given on may also carry these: their copyleft ends at their own files. */
const permissiveForTools = new Set([...permissive, 'MPL-2.0']);

/** Packages that name no licence in their metadata, with the one in their LICENSE file. */
const readByHand = new Map([
  ['node_modules/unionfs', 'Unlicense'],
  ['node_modules/png-js', 'MIT'],
]);

/** Whether an SPDX expression can be met with the allowed licences alone: any side of OR, every side of AND. */
function isMet(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence)));
}

describe('licences', () => {
  it('the project is under the Apache License 2.0, word for word', () => {
    expect(JSON.parse(read('package.json')).license).toBe('Apache-2.0');
    expect(createHash('sha256').update(read('LICENSE')).digest('hex')).toBe(
      'cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30',
    );
  });

  it('every installed package is under a permissive licence', () => {
    const wrong = installed.filter(([path, { license, dev }]) => {
      const expression = license ?? readByHand.get(path) ?? 'none';
      return !isMet(expression, dev ? permissiveForTools : permissive);
    });
    expect(installed.length).toBeGreaterThan(100);
    expect(wrong.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['MIT OR GPL-3.0-only', true],
    ['(MIT AND Apache-2.0)', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['MPL-2.0', false],
    ['UNLICENSED', false],
  ])('%s is permissive: %s', (expression, expected) => {
    expect(isMet(expression, permissive)).toBe(expected);
  });
});

describe('the repository names no machine', () => {
  const binary = /\.(png|jpe?g|gif|ico|woff2?|pdf|gz|zip|xlsx)$/;
  // Put together here, so that this file does not hold what it looks for.
  const words = [
    ['/wo', 'rk/'],
    ['/ro', 'ot/'],
    ['/ho', 'me/'],
    ['/Us', 'ers/'],
  ].map((parts) => parts.join(''));
  const foreign = new RegExp(`(?<![\\w.*:$-])(${words.join('|')})`);

  it('by a path of its own', () => {
    const found = repositoryFiles()
      .filter((path) => !binary.test(path))
      .filter((path) => foreign.test(text(path)));
    expect(found).toEqual([]);
  });

  it.each([
    [`see ${words[0]}main/x.ts`, true],
    [`"${words[1]}x"`, true],
    ['https://example.org/work/1', false],
    ['`/root`', false],
  ])('where %j is one: %s', (line, expected) => {
    expect(foreign.test(line)).toBe(expected);
  });

  it('by the host of a package registry', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    const host = new RegExp(['registry\\.', 'npmjs\\.', 'org|', 'proxy\\.', 'golang\\.', 'org'].join(''));
    const found = repositoryFiles().filter((path) => !binary.test(path) && host.test(text(path)));
    expect(found).toEqual([]);
  });
});

/** A file that is gone from the folder but not yet from the index has no text. */
function text(path: string): string {
  try {
    return read(path);
  } catch {
    return '';
  }
}
