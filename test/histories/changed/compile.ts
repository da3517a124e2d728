import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileWorkflows } from '../../../workers/bundle.ts';
import { silent } from '../replay.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const loader = at('./edit-loader.mjs');
const root = at('../../../');

/** What is put in the place of which text of a source file, named from the root of the project. */
export type Change = {
  readonly file: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
};

/**
 * Bundles the workflows as they would be after some changes of their sources.
 * @returns the file of the bundle, in a folder of its own
 * @throws when a text to change is no longer there
 */
export async function compileChanged(...changes: readonly Change[]): Promise<{ readonly codePath: string }> {
  const code = await compileWorkflows(silent, (config) => {
    const rules = changes.map(({ file, edits }) => ({
      test: (path: string) => path === join(root, file),
      enforce: 'pre' as const,
      use: [{ loader, options: { edits } }],
    }));
    return { ...config, module: { ...config.module, rules: [...(config.module?.rules ?? []), ...rules] } };
  });
  const codePath = join(mkdtempSync(join(tmpdir(), 'orgeid-bundle-')), 'workflows.js');
  writeFileSync(codePath, code);
  return { codePath };
}
