import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createWhole, fileError, hasCode, makeFolder, readIfThere, replaceWhole } from '../../files/whole.ts';

/** Signed checkpoints outside the database: a folder with a file for each size, the name in 16 digits so that names sort. */
const nameOf = (size: number): string => `${String(size).padStart(16, '0')}.checkpoint`;
const NAME = /^(\d{16})\.checkpoint$/;

/** Sizes that are kept, the smallest first; none where there is no folder. @throws DomainError EID_ERR_FILE */
export async function keptSizes(folder: string): Promise<number[]> {
  try {
    const names = await readdir(folder);
    return names
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw fileError(folder, error);
  }
}

/** The signed note of a size; undefined when none is kept. @throws DomainError EID_ERR_FILE */
export async function readKept(folder: string, size: number): Promise<string | undefined> {
  const file = join(folder, nameOf(size));
  return await readIfThere(file).catch((error: unknown) => {
    throw fileError(file, error);
  });
}

/**
 * Keeps a note before anybody else sees it; what a crash interrupts never leaves half of one.
 *
 * @returns the note that stands: another's, when it was first
 */
export async function keepCheckpoint(folder: string, size: number, note: string): Promise<string> {
  await makeFolder(folder);
  if (await createWhole(folder, nameOf(size), note, 0o644)) return note;
  return (await readKept(folder, size)) ?? note;
}

/** Puts the same checkpoint with more signatures in its place. */
export const keepCosigned = (folder: string, size: number, note: string): Promise<void> =>
  replaceWhole(folder, nameOf(size), note, 0o644);
