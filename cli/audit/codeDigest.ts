import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All that a row of a read model is made by. */
const FOLDERS = ['domain', 'schemas', 'store'] as const;

/** SHA-256, in hex, of the sources that make read models of events: another one may make other rows of the same log. */
export async function codeDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const names = (await readdir(join(root, folder), { recursive: true })).filter(
      (name) => /\.(ts|sql)$/.test(name) && !name.endsWith('.spec.ts'),
    );
    for (const name of names.sort())
      hash.update(`${folder}/${name}\n`).update(await readFile(join(root, folder, name)));
  }
  return hash.digest('hex');
}
