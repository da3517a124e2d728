import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { CheckpointKeeping } from '../activities/checkpoints.ts';
import { DomainError } from '../domain/error.ts';
import { fileError } from '../files/whole.ts';
import { parseTlogPolicy, type Witness } from '../transparency/tlogPolicy.ts';
import type { WorkerEnvironment } from './environment.ts';

/**
 * Where this worker keeps what it signs, and who cosigns it.
 *
 * @throws DomainError EID_ERR_FILE, EID_ERR_USAGE for a policy that is none
 */
export async function readCheckpointKeeping(
  env: WorkerEnvironment,
  log: Logger,
): Promise<CheckpointKeeping | undefined> {
  const { ORGEID_AUDIT_DIR: folder, ORGEID_LOG_ORIGIN: origin, ORGEID_TLOG_POLICY: policy } = env;
  if (folder !== undefined)
    return { folder, origin, witnesses: policy === undefined ? [] : await readWitnesses(policy) };
  log.warn('ORGEID_AUDIT_DIR is not set: this worker signs no checkpoints');
  return undefined;
}

async function readWitnesses(file: string): Promise<readonly Witness[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(file, error);
  });
  try {
    return parseTlogPolicy(text).witnesses.filter(({ url }) => url !== undefined);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DomainError('EID_ERR_USAGE', { variables: ['ORGEID_TLOG_POLICY'], reason: error.message });
  }
}
