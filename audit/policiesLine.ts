import { createHash } from 'node:crypto';
import { toBase64 } from '../transparency/base64.ts';

/** A policy version as a checkpoint vouches for it. `sha256`: of its canonical JSON, lower-case hex. */
export type PolicyDigest = { readonly version: string; readonly sha256: string };

/**
 * The line by which a checkpoint vouches for the policies that were installed when it was made: `policies` and the SHA-256, in base64,
 * of one line `<sha256> <version>` for each, in order of the bytes of their versions. Events name versions only.
 */
export function policiesLine(policies: readonly PolicyDigest[]): string {
  const lines = [...policies]
    .sort((a, b) => Buffer.compare(Buffer.from(a.version), Buffer.from(b.version)))
    .map(({ version, sha256 }) => `${sha256} ${version}\n`);
  return `policies ${toBase64(createHash('sha256').update(lines.join('')).digest())}`;
}
