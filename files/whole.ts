import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../domain/error.ts';

const DRAFT = /^\.draft-/;
/** A draft that old was left behind by a process that died. */
const DRAFT_STALE_MS = 60_000;

/**
 * Writes a file that must not be there yet: it appears at once and whole, or not at all.
 *
 * @returns false when a file of this name is there
 */
export async function createWhole(
  folder: string,
  name: string,
  text: string,
  mode: number,
): Promise<boolean> {
  const draft = await writeDraft(folder, text, mode);
  try {
    await link(draft, join(folder, name));
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw fileError(join(folder, name), error);
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return true;
}

/** Replaces a file, or makes it: who reads finds the old one or the new one, whole. */
export async function replaceWhole(folder: string, name: string, text: string, mode: number): Promise<void> {
  const draft = await writeDraft(folder, text, mode);
  try {
    await rename(draft, join(folder, name));
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
}

/** Text of a file; undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Removes what processes that died left half-written; they hold private keys that nobody will use. */
export async function removeStaleDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!DRAFT.test(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > DRAFT_STALE_MS) await rm(path, { force: true });
  }
}

async function writeDraft(folder: string, text: string, mode: number): Promise<string> {
  const draft = join(folder, `.draft-${randomUUID()}`);
  const file = await open(draft, 'wx', mode).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

/** Without this a crash of the machine may forget the name of a file that is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the platform says of a file, under a code of this system. */
export const fileError = (file: string, error: unknown): DomainError =>
  new DomainError('EID_ERR_FILE', { file, reason: error instanceof Error ? error.message : String(error) });

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Makes a folder that its owner alone may look into. @throws DomainError EID_ERR_FILE */
export async function makeFolder(folder: string): Promise<void> {
  try {
    if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o700);
  } catch (error) {
    throw fileError(folder, error);
  }
}
