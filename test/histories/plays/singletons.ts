import { commandFault } from '../../../registries/mock/control.ts';
import { openRun } from '../../../store/reconciliation.ts';
import { reconcile } from '../../../workers/reconcile.ts';
import type { ReconciliationInput } from '../../../workflows/reconciliation.ts';
import { openAccount } from '../../support/accounts.ts';
import { codeOf } from '../../support/requests.ts';
import { eventually, type Play } from '../stage.ts';

/** A comparison with a registry: done, and one that waits for a registry that says nothing about one account. */
const reconciled: Play = async ({ system, known, keepOther }) => {
  const { pool: db, policy, temporal, nc } = system;
  const { run } = await reconcile(temporal, 'orgeid', 'BUSINESS', { db, policy });
  await keepOther('reconciliation', 'reconciliation', `reconciliation-${run}`);

  const n = known();
  await openAccount(system, n);
  await commandFault(nc, 'TAX', { fault: 'SILENT', key: codeOf(n) });
  const { run: second } = await openRun(db, 'TAX', policy.version, Date.now());
  const input: ReconciliationInput = { run: second, registry: 'TAX', policy, page: 5, continueAfter: 5 };
  const workflowId = `reconciliation-${second}`;
  const { firstExecutionRunId } = await temporal.workflow.start('reconciliation', {
    ...{ workflowId, taskQueue: 'orgeid', args: [input] },
  });
  await eventually('the run waits for one answer, a run later', async () => {
    const { raw, runId } = await temporal.workflow.getHandle(workflowId).describe();
    return runId !== firstExecutionRunId && raw.pendingActivities?.length === 1;
  });
  await keepOther('reconciliation-waiting-for-registry', 'reconciliation', workflowId);
};

const cared: Play = async ({ system, keepOther }) => {
  const query = `WorkflowType = 'caretaker' and ExecutionStatus = 'Completed'`;
  let found = '';
  await eventually('a round of the caretaker', async () => {
    for await (const { workflowId } of system.temporal.workflow.list({ query })) found = workflowId;
    return found !== '';
  });
  await keepOther('caretaker', 'caretaker', found);
};

/** A signed checkpoint, and a comparison of log, delivery, workflows and read models, each as its Schedule starts it. */
const audited: Play = async ({ system, keepOther }) => {
  const { temporal } = system;
  const { workflowId } = await temporal.workflow.start('checkpoint', {
    ...{ workflowId: 'checkpoint-recorded', taskQueue: 'orgeid', args: [{ grownBy: 0, olderThanMs: 0 }] },
  });
  await temporal.workflow.getHandle(workflowId).result();
  await keepOther('checkpoint', 'checkpoint', workflowId);

  const started = { workflowId: 'audit-reconciliation-recorded', taskQueue: 'orgeid' };
  const reconciliation = await temporal.workflow.start('audit-reconciliation', started);
  await reconciliation.result();
  await keepOther('audit-reconciliation', 'audit-reconciliation', reconciliation.workflowId);
};

const copying: Play = async ({ keepOther }) => {
  await keepOther('relay', 'relay', 'relay');
  await keepOther('mirror', 'mirror', 'mirror');
};

export const singletonPlays: readonly Play[] = [reconciled, cared, audited, copying];
