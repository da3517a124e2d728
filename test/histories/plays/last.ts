import { jetstream } from '@nats-io/jetstream';
import { HEAD_KEY, putAt, readHeadEntry } from '../../../bus/status/bucket.ts';
import { readCase } from '../../../store/readCase.ts';
import { file, send, streamOf } from '../../support/play.ts';
import { officers } from '../../support/requests.ts';
import { eventually, heldUp, type Play, untilStands } from '../stage.ts';

/** The number that the next approval gives, from the sequence that only this play draws from by now. */
const nextAccount: (stage: Parameters<Play>[0]) => Promise<string> = async ({ system }) => {
  const { rows } = await system.pool.query<{ next: string }>(
    `select (last_value + case when is_called then 1 else 0 end)::text as next from orgeid.identification_number`,
  );
  return `account-${rows[0]?.next}`;
};

const issued: Play = async (stage) => {
  const { system, known, keep } = stage;
  const n = known();
  const stream = streamOf(n);
  await file(system, n);
  await untilStands(system, stream, 'PENDING_PROPOSAL');
  await send(system, stream, officers.proposer, 'ProposeIssuance', { taskId: 'propose-1', list: 'test' });
  await heldUp(system, await nextAccount(stage), async () => {
    const approval = { taskId: 'decide-1', decision: 'APPROVE', reasons: [] };
    await send(system, stream, officers.director, 'DecideRequest', approval);
    await keep('registration-account-being-opened', stream, 'ISSUED', 'effect openAccount');
  });
  await system.watch.until(stream, ({ closed }) => closed);
  await keep('registration-issued', stream);
  const found = await readCase(system.pool, stream);
  const { account = '' } = (found?.state ?? {}) as { readonly account?: string };
  await keep('account-of-a-request', account, 'ISSUED', 'deadline MarkActivationOverdue');
};

/** PostgreSQL is away: the append goes on as a regular activity until it is back. */
const outage: Play = async ({ system, unknown, keep }) => {
  const n = unknown();
  const stream = streamOf(n);
  await file(system, n);
  await untilStands(system, stream, 'TASK VERIFY');
  const { postgres } = system.engines;
  await postgres.kill();
  const sent = send(system, stream, officers.verifier, 'ClaimTask', { taskId: 'verify-1' });
  await eventually('the append goes on as an activity', async () => {
    const { raw } = await system.temporal.workflow.getHandle(stream).describe();
    return (raw.pendingActivities ?? []).some(({ activityType }) => activityType?.name === 'record');
  });
  await postgres.restart();
  await sent;
  await keep('registration-recorded-after-outage', stream, 'LOCAL_VERIFICATION');
};

/** Stream and bucket come to say more than the log: relay and mirror stop, and wait for an operator. */
const stopped: Play = async ({ system, keepOther }) => {
  const { nc, temporal } = system;
  const waits = (workflow: string) => async () => {
    const { raw } = await temporal.workflow.getHandle(workflow).describe();
    return (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask;
  };
  await eventually('the bucket says more than the log', async () => {
    const { value, revision } = await readHeadEntry(nc);
    const ahead = value && { ...value, position: value.position + 1_000_000 };
    return ahead !== undefined && (await putAt(nc, HEAD_KEY, ahead, revision)) !== undefined;
  });
  await eventually('the mirror stops', waits('mirror'));
  await keepOther('mirror-stopped', 'mirror', 'mirror');
  await jetstream(nc).publish('events.registration.of-nobody', '{}', { msgID: 'of nobody' });
  await eventually('the relay stops', waits('relay'));
  await keepOther('relay-stopped', 'relay', 'relay');
};

export const lastPlays: readonly Play[] = [issued, outage, stopped];
