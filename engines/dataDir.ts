import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from './error.ts';
import { endLeftovers } from './leftover.ts';
import { tryLock } from './lock.ts';
import { removeCluster } from './postgres.ts';

export type DataDir = { readonly path: string; logFile(name: string): string; release(): Promise<void> };

/**
 * Takes the folder of a run for this process. Without `keep` it begins empty and its data goes when it is released; logs stay.
 * @throws EngineError `EID_ERR_DATA_DIR_BUSY` while another run uses it, `EID_ERR_DATA_DIR_KEPT` rather than removing data that was to be kept
 */
export async function takeDataDir(path: string, keep: boolean): Promise<DataDir> {
  mkdirSync(join(path, 'logs'), { recursive: true });
  const lock = tryLock(join(path, 'run.lock'));
  if ('heldBy' in lock) {
    throw new EngineError(
      'EID_ERR_DATA_DIR_BUSY',
      `${path} is in use by process ${lock.heldBy}. Stop that run first, or choose another folder.`,
    );
  }
  const kept = join(path, 'keep');
  try {
    await endLeftovers(path);
    if (keep) writeFileSync(kept, '');
    else if (existsSync(kept)) {
      throw new EngineError(
        'EID_ERR_DATA_DIR_KEPT',
        `${path} holds data that was to be kept. Start with keepData, choose another folder, or remove it.`,
      );
    } else await removeData(path);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    path,
    logFile: (name) => join(path, 'logs', `${name}.log`),
    release: async () => {
      try {
        if (!keep) await removeData(path);
      } finally {
        lock.release();
      }
    },
  };
}

async function removeData(path: string): Promise<void> {
  if (existsSync(join(path, 'postgres.password'))) await removeCluster(path);
  for (const folder of ['nats', 'temporal']) rmSync(join(path, folder), { recursive: true, force: true });
}
