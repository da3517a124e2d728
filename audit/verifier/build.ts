import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = fileURLToPath(new URL('main.ts', import.meta.url));

/** Writes the verifier with all that it needs as one file; the same sources give the same bytes. */
export async function buildVerifier(out: string): Promise<void> {
  await build({
    entryPoints: [ENTRY],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: '// The verifier of Org eID bundles: node orgeid-verify.mjs BUNDLE' },
  });
}
