import { loadPolicy } from '../../../policies/load.ts';
import type { RegistrationState } from '../../../schemas/registration.ts';
import { readCase } from '../../../store/readCase.ts';
import { file, send, streamOf } from '../../support/play.ts';
import { officers, registrant } from '../../support/requests.ts';
import type { TestSystem } from '../../support/system.ts';
import { heldUp, type Play, untilStands } from '../stage.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const questions = [
  { id: 'exists', kind: 'EXISTENCE' },
  { id: 'address', kind: 'ADDRESS' },
];
const asking = { taskId: 'verify-1', body: 'FINANCE', place: 'TEST', questions, reason: 'Đối chiếu hồ sơ' };
const findings = { taskId: 'verify-1', result: 'PASS', findings: 'Có trụ sở', reasons: [] };
const confirmation = { taskId: 'confirm-1', confirmed: true };

const locally = async (system: TestSystem, n: number): Promise<string> => {
  await file(system, n);
  await untilStands(system, streamOf(n), 'LOCAL_VERIFICATION');
  return streamOf(n);
};

const verified: Play = async ({ system, unknown, keep }) => {
  const stream = await locally(system, unknown());
  await keep('registration-waiting-for-local-verification', stream, 'LOCAL_VERIFICATION', 'TASK VERIFY');
  await send(system, stream, officers.verifier, 'ClaimTask', { taskId: 'verify-1' });
  await keep('registration-local-verification-claimed', stream, 'TASK VERIFY');
  await send(system, stream, officers.verifier, 'RecordFindings', findings);
  await keep('registration-findings-to-confirm', stream, 'TASK CONFIRM');
  await send(system, stream, officers.head, 'ConfirmFindings', confirmation);
  await keep('registration-waiting-for-proposal', stream, 'PENDING_PROPOSAL', 'TASK PROPOSE');
  await send(system, stream, officers.proposer, 'ProposeIssuance', { taskId: 'propose-1', list: 'test' });
  await keep('registration-waiting-for-decision', stream, 'PENDING_APPROVAL', 'TASK DECIDE');
  const back = { taskId: 'decide-1', decision: 'SEND_BACK', reasons: ['LOCAL_VERIFICATION_FAILED'] };
  await send(system, stream, officers.director, 'DecideRequest', back);
  await keep('registration-sent-back-by-director', stream, 'TASK VERIFY');
};

const failed: Play = async ({ system, unknown, keep }) => {
  const stream = await locally(system, unknown());
  const bad = { ...findings, result: 'FAIL', reasons: ['ADDRESS_MISMATCH'] };
  await send(system, stream, officers.verifier, 'RecordFindings', bad);
  await send(system, stream, officers.head, 'ConfirmFindings', confirmation);
  await system.watch.until(stream, ({ closed }) => closed);
  await keep('registration-refused', stream);
};

/** The limit has passed: its task climbs, and nothing is decided by that. */
const late: Play = async ({ under, unknown, keep }) => {
  const system = await under({
    limitNotInDatabases: ms(2_000),
    escalation: [{ id: 'later', when: { after: ms(3_600_000) } }],
  });
  const stream = await locally(system, unknown());
  await keep('registration-overdue', stream, 'LOCAL_VERIFICATION', 'deadline EscalateDueTask');
};

/** A step with a limit of its own, before that of the request. */
const limited: Play = async ({ under, unknown, keep }) => {
  const { tasks } = (await loadPolicy()).parameters;
  const VERIFY = { ...tasks.value.VERIFY, limit: ms(1_800_000) };
  const system = await under({ tasks: { ...tasks.value, VERIFY }, escalation: [] });
  const stream = await locally(system, unknown());
  await keep('registration-step-with-a-limit', stream, 'TASK VERIFY', 'deadline MarkTaskOverdue');
};

const bodyAsked: Play = async ({ system, unknown, keep }) => {
  const n = unknown();
  const stream = await locally(system, n);
  const verification = `verification-t${n}-1`;
  await heldUp(system, verification, async () => {
    await send(system, stream, officers.verifier, 'AskBody', asking);
    await keep('registration-body-being-asked', stream, 'BODY FINANCE', 'effect openVerification');
  });
  const sent = async () => (await stateOf(system, stream)).bodies?.[0]?.status === 'SENT';
  await untilStands(system, verification, 'SENT');
  while (!(await sent())) await untilStands(system, stream, 'BODY FINANCE');
  await keep('registration-body-asked', stream, 'LOCAL_VERIFICATION', 'BODY FINANCE', 'TASK VERIFY');
  await heldUp(system, verification, async () => {
    await send(system, stream, registrant(n), 'WithdrawRequest', { note: 'đổi ý' });
    await keep('registration-taking-question-back', stream, 'WITHDRAWN', 'effect withdrawVerification');
  });
  await system.watch.until(stream, ({ closed }) => closed);
  await system.watch.until(verification, ({ closed }) => closed);
  await keep('verification-withdrawn-with-its-request', verification);
  await keep('registration-told-after-its-end', stream);
};

const stateOf = async ({ pool }: TestSystem, stream: string) =>
  (await readCase(pool, stream))?.state as RegistrationState;

export const verifyingPlays: readonly Play[] = [verified, failed, late, limited, bodyAsked];
