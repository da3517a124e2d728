import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type EngineName, type Engines, startEngines } from '../../engines/start.ts';

const SETUP_MS = 10 * 60_000; // the first run of a machine may build them

/**
 * Starts engines in a fresh folder before the tests of a file and removes everything after them.
 *
 * @example
 * const engines = useEngines(['postgres']);
 * it('…', async () => connect(engines().postgres.url));
 *
 * @returns a function that gives the running engines; it throws before `beforeAll` has run
 */
export function useEngines<Name extends EngineName = EngineName>(
  only?: readonly Name[],
): () => Engines<Name> {
  let folder: string | undefined;
  let engines: Engines<Name> | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orgeid-'));
    engines = await startEngines<Name>({ dataDir: folder, ...(only ? { only } : {}) });
  }, SETUP_MS);

  afterAll(async () => {
    await engines?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  return () => {
    if (!engines) throw new Error('the engines start in beforeAll: ask for them inside a test or hook');
    return engines;
  };
}
