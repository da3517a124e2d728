import { openAccount, ownerSays } from '../../support/accounts.ts';
import { appendBehindItsBack } from '../../support/behind.ts';
import { file, send, streamOf } from '../../support/play.ts';
import { officer, officers } from '../../support/requests.ts';
import { type Play, untilStands } from '../stage.ts';

const CONTINUE_AFTER = 60;

/** A request that lived so long that it continued as new: its last run begins with what it carried over. */
const requestContinued: Play = async ({ under, unknown, keep }) => {
  const system = await under({}, CONTINUE_AFTER);
  const n = unknown();
  const stream = streamOf(n);
  await file(system, n);
  await untilStands(system, stream, 'TASK VERIFY');
  const first = (await system.temporal.workflow.getHandle(stream).describe()).runId;
  for (
    let turn = 1;
    (await system.temporal.workflow.getHandle(stream).describe()).runId === first;
    turn += 1
  ) {
    await send(system, stream, officer(turn), 'ClaimTask', { taskId: 'verify-1' }, turn);
    await send(system, stream, officer(turn), 'ReleaseTask', { taskId: 'verify-1' }, turn);
  }
  await keep('registration-continued', stream, 'LOCAL_VERIFICATION', 'TASK VERIFY');
  await send(system, stream, officers.verifier, 'ClaimTask', { taskId: 'verify-1' });
  await keep('registration-continued-and-claimed', stream, 'LOCAL_VERIFICATION', 'TASK VERIFY');
};

const accountContinued: Play = async ({ under, known, keep }) => {
  const system = await under({}, CONTINUE_AFTER);
  const n = known();
  const account = await openAccount(system, n);
  await untilStands(system, account, 'deadline MarkActivationOverdue');
  const first = (await system.temporal.workflow.getHandle(account).describe()).runId;
  for (
    let turn = 1;
    (await system.temporal.workflow.getHandle(account).describe()).runId === first;
    turn += 1
  ) {
    await ownerSays(system, n, 'LockOwnAccount', turn);
    await ownerSays(system, n, 'UnlockOwnAccount', turn);
  }
  await keep('account-continued', account, 'ISSUED');
};

/** The log went on without the workflow, and the caretaker's call brought it up to it. */
const woken: Play = async ({ system, unknown, keep }) => {
  const n = unknown();
  const stream = streamOf(n);
  await file(system, n);
  await untilStands(system, stream, 'TASK VERIFY');
  const data = { taskId: 'verify-1', result: 'PASS' as const, findings: 'Có trụ sở', reasons: [] };
  const command = { id: 'behind', actor: officers.verifier, type: 'RecordFindings' as const, data };
  const version = await appendBehindItsBack(system, stream, command);
  await system.cases.wake(stream, version);
  await keep('registration-woken-after-log-ahead', stream, 'TASK CONFIRM');
};

export const runPlays: readonly Play[] = [requestContinued, accountContinued, woken];
