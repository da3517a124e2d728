import { join } from 'node:path';
import { checkpointsIn, keysIn } from '../../audit/checkpoint/make.ts';
import { DomainError } from '../../domain/error.ts';
import type { SignerKey } from '../../transparency/keys.ts';
import { type PublicRing, readRing } from '../../transparency/ring.ts';
import { parseRotation, trustedKeys } from '../../transparency/rotation.ts';

/** What the options of every part that needs the log's keys say of them. */
export type FolderOptions = { readonly dir?: string };

/** The log's keys of a folder, with the secret one when this process may read it. */
export type LogKeys = PublicRing & { readonly signer?: SignerKey; readonly checkpoints: string };

/** @throws DomainError EID_ERR_USAGE when no folder is named; EID_ERR_FILE when it holds no keys */
export async function logKeys({ dir }: FolderOptions): Promise<LogKeys> {
  if (!dir)
    throw new DomainError('EID_ERR_USAGE', {
      reason: 'where are the keys of the log? give --dir FOLDER, or set ORGEID_AUDIT_DIR',
    });
  const ring = await readRing(keysIn(dir));
  if (ring.keys.length === 0)
    throw new DomainError('EID_ERR_FILE', { file: join(dir, 'keys'), reason: 'holds no key of a log' });
  return { ...ring, checkpoints: checkpointsIn(dir) };
}

/** All keys of the log that follow from its first. */
export const keysOf = ({ keys, rotations }: PublicRing) =>
  trustedKeys(
    keys.slice(0, 1),
    rotations.flatMap((note) => parseRotation(note) ?? []),
  );
