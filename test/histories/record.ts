import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Actor } from '../../schemas/actor.ts';
import { readCase } from '../../store/readCase.ts';
import { file, issue, send, streamOf } from '../support/play.ts';
import { reconcile } from '../../workers/reconcile.ts';
import { jurisdiction, officers, registrant } from '../support/requests.ts';
import { startTestSystem, type TestSystem } from '../support/system.ts';

/**
 * Plays one of each workflow on real engines and writes their histories to `test/histories/*.json`, where a test replays
 * them against today's code. Run `npm run histories` after a change of workflows that is meant to change them.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const LOCAL = 2;
/** Only histories whose name begins so, when one is given: `npm run histories verification`. */
const [, , only = ''] = process.argv;

async function keep(system: TestSystem, name: string, workflowId: string): Promise<void> {
  if (!name.startsWith(only)) return;
  const history = await system.temporal.workflow.getHandle(workflowId).fetchHistory();
  mkdirSync(folder, { recursive: true });
  const text = historyToJSON(history).replaceAll(/"identity": "[^"]*"/g, '"identity": "orgeid"');
  writeFileSync(`${folder}/${name}.json`, `${text}\n`);
  process.stderr.write(`${name}: ${history.events?.length ?? 0} events\n`);
}

async function locallyVerified(system: TestSystem): Promise<void> {
  const stream = streamOf(LOCAL);
  await file(system, LOCAL);
  await system.watch.untilStatus(stream, 'LOCAL_VERIFICATION');
  await keep(system, 'registration-waiting-for-local-verification', stream);
  await askedOfBody(system);
  const findings = { result: 'FAIL', findings: 'Không có trụ sở tại địa chỉ', reasons: ['ADDRESS_MISMATCH'] };
  await send(system, stream, officers.verifier, 'RecordFindings', { taskId: 'verify-1', ...findings });
  await send(system, stream, officers.head, 'ConfirmFindings', { taskId: 'confirm-1', confirmed: true });
  await system.watch.until(stream, ({ closed }) => closed);
  await keep(system, 'registration-refused-after-asking-a-body', stream);
}

async function lockedByOrder(system: TestSystem, account: string): Promise<void> {
  const stream = 'lock-order-t1';
  const form = {
    action: 'LOCK',
    authority: { kind: 'PROCEEDING_AGENCY', contact: { id: 'agency', name: 'Cơ quan thử nghiệm' } },
    number: account.slice('account-'.length),
    document: { number: '12/QĐ', date: '2025-02-28' },
    reason: 'Phục vụ điều tra',
  };
  const { reception, catalogueVersion } = jurisdiction;
  const data = { channel: 'IN_PERSON_TK03', form, reception, catalogueVersion };
  await send(system, stream, officers.desk, 'FileLockOrder', data);
  await send(system, stream, officers.head, 'ForwardLockOrder', { taskId: 'forward-order-1' });
  await keep(system, 'lock-order-waiting-for-decision', stream);
  const decision = { taskId: 'decide-order-1', decision: 'APPROVE' };
  await send(system, stream, officers.director, 'DecideLockOrder', decision);
  await system.watch.until(stream, ({ closed }) => closed);
  await keep(system, 'lock-order-carried-out', stream);
  await keep(system, 'account-locked', account);
}

/** Asked from a request that waits for its local verification, before and after the body has answered. */
async function askedOfBody(system: TestSystem): Promise<void> {
  const stream = streamOf(LOCAL);
  const verification = `verification-t${LOCAL}-1`;
  const questions = [
    { id: 'exists', kind: 'EXISTENCE' },
    { id: 'address', kind: 'ADDRESS' },
  ];
  const asking = { taskId: 'verify-1', body: 'FINANCE', place: 'TEST', questions, reason: 'Đối chiếu hồ sơ' };
  await send(system, stream, officers.verifier, 'AskBody', asking);
  await system.watch.untilStatus(verification, 'SENT');
  const finance: Actor = { id: 'finance', name: 'finance', roles: ['BODY_OFFICER'], unit: 'FINANCE-TEST' };
  const task = { taskId: 'answer-verification-1' };
  const exists = [{ question: 'exists', result: 'MATCH' }];
  await send(system, verification, finance, 'AnswerPart', { ...task, answers: exists });
  await keep(system, 'verification-answered-in-part', verification);
  const address = [{ question: 'address', result: 'NO_DATA' }];
  await send(system, verification, finance, 'AnswerVerification', { ...task, answers: address });
  await system.watch.until(verification, ({ closed }) => closed);
  await keep(system, 'verification-answered', verification);
}

async function reconciled({ pool, policy, ...system }: TestSystem): Promise<void> {
  const { run } = await reconcile(system.temporal, 'orgeid', 'BUSINESS', { db: pool, policy });
  await keep({ pool, policy, ...system }, 'reconciliation', `reconciliation-${run}`);
}

async function compared(system: TestSystem): Promise<void> {
  const query = `WorkflowType = 'audit-reconciliation' and ExecutionStatus = 'Completed'`;
  for (;;) {
    for await (const { workflowId } of system.temporal.workflow.list({ query }))
      return await keep(system, 'audit-reconciliation', workflowId);
    await pause(200);
  }
}

const system = await startTestSystem({
  organisations: 3,
  absent: new Set([LOCAL]),
  values: {
    limitActivation: { amount: 2_000, unit: 'milliseconds' },
    activationReminders: [{ amount: 500, unit: 'milliseconds' }],
  },
  workerEnv: { ORGEID_CARETAKER_EVERY_MS: '1000', ORGEID_CARETAKER_GRACE_MS: '1000' },
});
try {
  await issue(system, 1);
  await keep(system, 'registration-issued', streamOf(1));
  const { account } = (await readCase(system.pool, streamOf(1)))?.state as { account: string };
  await system.watch.untilStatus(account, 'ACTIVATION_OVERDUE');
  await send(system, account, officers.callCentre, 'ActivateThroughCallCentre', {});
  await keep(system, 'account-activated-by-call-centre', account);
  await lockedByOrder(system, account);
  await locallyVerified(system);
  await file(system, 3);
  await send(system, streamOf(3), registrant(3), 'WithdrawRequest', { note: 'đổi ý' });
  await system.watch.until(streamOf(3), ({ closed }) => closed);
  await keep(system, 'registration-withdrawn', streamOf(3));
  await reconciled(system);
  await system.temporal.schedule.getHandle('audit-reconciliation').trigger();
  await compared(system);
  await keep(system, 'relay', 'relay');
  await keep(system, 'mirror', 'mirror');
  for await (const { workflowId } of system.temporal.workflow.list({
    query: `WorkflowType = 'caretaker' and ExecutionStatus = 'Completed'`,
  })) {
    await keep(system, 'caretaker', workflowId);
    break;
  }
} finally {
  await system.stop();
}
