import process from 'node:process';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { checkpointNow } from '../../client/checkpoint.ts';
import { DomainError } from '../../domain/error.ts';
import { WorkerEnvironment } from '../../workers/environment.ts';
import { printJson } from '../output.ts';

const Addresses = WorkerEnvironment.pick({ ORGEID_TEMPORAL_ADDRESS: true, ORGEID_TASK_QUEUE: true });

/**
 * Has a worker sign the log.
 *
 * @returns exit code 0
 * @throws DomainError EID_ERR_USAGE; EID_ERR_CHECKPOINT_MISSING when the workers keep no keys; EID_ERR_LOG_BROKEN
 */
export async function runCheckpoint({ json = false }: { readonly json?: boolean }): Promise<0> {
  const env = Addresses.safeParse(process.env);
  if (!env.success) throw new DomainError('EID_ERR_USAGE', { variables: ['ORGEID_TEMPORAL_ADDRESS'] });
  const connection = await Connection.connect({ address: env.data.ORGEID_TEMPORAL_ADDRESS });
  try {
    const made = await checkpointNow(new Client({ connection }), env.data.ORGEID_TASK_QUEUE).catch(refused);
    if (!made)
      throw new DomainError('EID_ERR_CHECKPOINT_MISSING', { reason: 'the workers have no ORGEID_AUDIT_DIR' });
    if (json) printJson(made);
    else process.stdout.write(made.note);
    return 0;
  } finally {
    await connection.close();
  }
}

/** What the worker found of the log. @throws DomainError EID_ERR_LOG_BROKEN; the failure itself when it is another */
function refused(error: unknown): never {
  const cause = error instanceof WorkflowFailedError ? error.cause : undefined;
  const failure = cause instanceof ActivityFailure ? cause.cause : cause;
  if (!(failure instanceof ApplicationFailure && failure.type === 'LogBroken')) throw error;
  const [details] = failure.details ?? [];
  throw new DomainError('EID_ERR_LOG_BROKEN', Object(details));
}
