import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Registry } from '../schemas/registry.ts';
import type { Queryable } from '../store/pool.ts';
import { openRun } from '../store/reconciliation.ts';
import { progressOf, type Reconciliation, readReconciliation } from '../store/reconciliationReport.ts';
import type { ReconciliationInput } from '../workflows/reconciliation.ts';

export type ReconcileOptions = {
  readonly db: Queryable;
  /** Of the run; one that is joined keeps its own. */
  readonly policy: CasePolicy;
  /** How long an answer is waited for, in ms, and how often it is asked for; as the policy says when absent. */
  readonly answerWithinMs?: number;
  readonly attempts?: number;
  /** Passed to the workflow; see ReconciliationInput. */
  readonly pace?: Pick<ReconciliationInput, 'lanes' | 'page' | 'continueAfter'>;
  /** Aborting it ends the wait, not the run. */
  readonly signal?: AbortSignal;
  /** Called about once a second. */
  onProgress?(progress: { readonly run: string; readonly done: number; readonly of: number }): void;
};

const EVERY_MS = 1_000;

/**
 * Compares all accounts with a registry and returns when it is done. A run of the registry that is going on is joined, and
 * one whose workflow was ended from outside is taken up again where it was.
 *
 * @example
 * const { totals, findings } = await reconcile(client, 'orgeid', 'BUSINESS', { db: pool, policy });
 *
 * @throws the signal's reason; WorkflowFailedError when the run was ended from outside meanwhile
 */
export async function reconcile(
  client: Client,
  taskQueue: string,
  registry: Registry,
  options: ReconcileOptions,
): Promise<Reconciliation> {
  const { db, signal } = options;
  const { run } = await openRun(db, registry, options.policy.version, Date.now());
  await startRun(client, taskQueue, { run, registry, policy: patient(options), ...options.pace });
  const result = client.workflow.getHandle(`reconciliation-${run}`).result();
  let going = true;
  const ended = result
    .catch(() => undefined)
    .then(() => {
      going = false;
    });
  while (going) {
    signal?.throwIfAborted();
    options.onProgress?.({ run, ...(await progressOf(db, run)) });
    await Promise.race([ended, sleep(EVERY_MS, undefined, { ref: false })]);
  }
  await result;
  return await readReconciliation(db, run);
}

/** A run that came to its end between the look for it and this start has nothing left to do. */
async function startRun(client: Client, taskQueue: string, input: ReconciliationInput): Promise<void> {
  try {
    await client.workflow.start('reconciliation', {
      workflowId: `reconciliation-${input.run}`,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const patient = ({ policy, answerWithinMs, attempts }: ReconcileOptions): CasePolicy => ({
  ...policy,
  ...(answerWithinMs === undefined ? {} : { registryAnswerWithinMs: answerWithinMs }),
  ...(attempts === undefined ? {} : { registryAttempts: attempts }),
});
