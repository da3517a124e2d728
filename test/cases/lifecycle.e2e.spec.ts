import { expect, test, vi } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { findCommand, readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { file, issue, send, streamOf } from '../support/play.ts';
import { dossierOf, filingOf, officer, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const REMINDED = 21;
const LOCAL = 31;
const UNREACHABLE = 41;
const system = useSystem({
  organisations: 60,
  absent: new Set([LOCAL, LOCAL + 1, LOCAL + 2]),
  unreachable: [UNREACHABLE],
  values: {
    limitActivation: { amount: 4_000, unit: 'milliseconds' },
    activationReminders: [{ amount: 1_000, unit: 'milliseconds' }],
  },
});

const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
};

const accountOf = async (stream: string): Promise<string> => {
  const state = (await readCase(system().pool, stream))?.state as { account?: string };
  expect(state.account).toMatch(/^account-[1-9]\d*$/);
  return state.account ?? '';
};

const untilTask = async (stream: string, kind: string): Promise<string> =>
  vi.waitFor(
    async () => {
      const found = await readCase(system().pool, stream);
      const task = found?.tasks.find((t) => t.kind === kind && t.status !== 'COMPLETED');
      expect(task).toBeDefined();
      return task?.id ?? '';
    },
    { timeout: 20_000, interval: 50 },
  );

test('a request that the registries agree with goes from submission to an active account', async () => {
  await issue(system(), 1);
  const account = await accountOf(streamOf(1));
  await vi.waitFor(
    async () => expect((await readCase(system().pool, account))?.state).toHaveProperty('period'),
    20_000,
  );
  await send(system(), account, registrant(1), 'ActivateAccount', {});
  expect(await readCase(system().pool, account)).toMatchObject({ status: 'ACTIVE', closed: false });
  const types = (await readStream(system().pool, streamOf(1))).map((e) => e.type);
  expect(types.slice(0, 3)).toEqual(['DossierDrafted', 'RequestSubmitted', 'RequestAccepted']);
  expect(types.filter((t) => t === 'RegistryAnswered')).toHaveLength(3);
  expect(types.slice(-4)).toEqual(['RequestApproved', 'NumberAllocated', 'AccountIssued', 'AccountOpened']);
});

test('what no registry holds is verified by the commune police under the longer limit', async () => {
  const stream = streamOf(LOCAL);
  await file(system(), LOCAL);
  const verify = await untilTask(stream, 'VERIFY');
  const findings = { taskId: verify, result: 'PASS', findings: 'Có trụ sở, đang hoạt động', reasons: [] };
  await send(system(), stream, officers.verifier, 'RecordFindings', findings);
  const confirm = await untilTask(stream, 'CONFIRM');
  const own = await refusal(
    send(system(), stream, officers.verifier, 'ConfirmFindings', { taskId: confirm, confirmed: true }),
  );
  expect(own.code).toBe('EID_ERR_FORBIDDEN');
  await send(system(), stream, officers.head, 'ConfirmFindings', { taskId: confirm, confirmed: true }, 2);
  expect(await readCase(system().pool, stream)).toMatchObject({ status: 'PENDING_PROPOSAL' });
  expect((await readCase(system().pool, stream))?.state).toMatchObject({
    running: { kind: 'NOT_IN_DATABASES' },
  });
});

test('the same command sent again, at once or later, is carried out once', async () => {
  const stream = streamOf(2);
  const command = { id: 'once', actor: registrant(2), type: 'FileRequest', data: filingOf(2) };
  const answers = await Promise.all([1, 2, 3].map(() => system().cases.send(stream, command)));
  expect(new Set(answers.map((a) => a.version)).size).toBe(1);
  expect((await findCommand(system().pool, stream, 'once')).length).toBe(answers[0]?.version);
});

test('of a hundred colleagues who claim one task at once, one holds it and the others learn the unit', async () => {
  const stream = streamOf(LOCAL + 1);
  await file(system(), LOCAL + 1);
  const taskId = await untilTask(stream, 'VERIFY');
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, i) => send(system(), stream, officer(i), 'ClaimTask', { taskId }, i)),
  );
  const lost = results.filter((r) => r.status === 'rejected').map((r) => r.reason as DomainError);
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  expect(lost).toHaveLength(99);
  for (const { code, details } of lost) {
    expect(code).toBe('EID_ERR_TASK_HELD');
    expect(details).toMatchObject({ holderUnit: 'CAX-TEST' });
  }
  const claimed = (await readStream(system().pool, stream)).filter((e) => e.type === 'TaskClaimed');
  expect(claimed).toHaveLength(1);
});

test('two concurrent requests for one organisation leave one', async () => {
  const results = await Promise.allSettled(
    ['a', 'b'].map((name) =>
      send(system(), `registration-twin-${name}`, registrant(3), 'FileRequest', filingOf(3)),
    ),
  );
  const [lost] = results.filter((r) => r.status === 'rejected').map((r) => r.reason as DomainError);
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  expect(lost?.code).toBe('EID_ERR_ORGANISATION_TAKEN');
  const twins = await Promise.all(
    ['a', 'b'].map((name) => readCase(system().pool, `registration-twin-${name}`)),
  );
  expect(twins.filter((t) => t !== undefined)).toHaveLength(1);
});

test('a refused command leaves nothing behind, and the case can be filed properly afterwards', async () => {
  const stream = streamOf(4);
  const secret = { ...dossierOf(4), containsStateSecret: true };
  const refused = await refusal(
    send(system(), stream, registrant(4), 'FileRequest', { ...filingOf(4), dossier: secret }),
  );
  expect(refused.code).toBe('EID_ERR_STATE_SECRET_ONLINE');
  expect(await readCase(system().pool, stream)).toBeUndefined();
  await send(system(), stream, registrant(4), 'FileRequest', filingOf(4), 2);
  expect(await readCase(system().pool, stream)).toBeDefined();
});

test('bad input is refused with the fields at fault and without their values', async () => {
  const bad = { ...filingOf(5), registrantId: '', channel: 'PIGEON' };
  const { code, details } = await refusal(send(system(), streamOf(5), registrant(5), 'FileRequest', bad));
  expect(code).toBe('EID_ERR_SHAPE');
  expect(JSON.stringify(details)).toMatch(/data\.channel/);
  expect(JSON.stringify(details)).not.toContain('PIGEON');
});

test('a command to a case that nobody filed, or that has ended, is told so', async () => {
  const unknown = await refusal(send(system(), 'registration-nobody', registrant(6), 'WithdrawRequest', {}));
  expect(unknown.code).toBe('EID_ERR_CASE_UNKNOWN');
  await file(system(), 6);
  await send(system(), streamOf(6), registrant(6), 'WithdrawRequest', {});
  const ended = await refusal(send(system(), streamOf(6), registrant(6), 'WithdrawRequest', {}, 2));
  expect(ended.code).toBe('EID_ERR_CASE_CLOSED');
  const again = await send(system(), streamOf(6), registrant(6), 'WithdrawRequest', {});
  expect(again.version).toBe((await readStream(system().pool, streamOf(6))).length);
});

test('a notice that one channel does not deliver goes out on the next: an effect that an effect’s result calls for', async () => {
  await issue(system(), UNREACHABLE);
  const account = await accountOf(streamOf(UNREACHABLE));
  await vi.waitFor(
    async () => expect((await readCase(system().pool, account))?.state).toHaveProperty('period'),
    20_000,
  );
  const notices = (await readStream(system().pool, account)).filter((e) => e.type.startsWith('Notice'));
  expect(notices.map((e) => [e.type, e.data.channel])).toEqual([
    ['NoticeOrdered', undefined],
    ['NoticeChannelFailed', 'VNEID'],
    ['NoticeDelivered', 'SMS'],
  ]);
});

test('an owner who lets the time pass is reminded, then activated by the call centre only', async () => {
  await issue(system(), REMINDED);
  const account = await accountOf(streamOf(REMINDED));
  await system().watch.untilStatus(account, 'ACTIVATION_OVERDUE');
  const late = await refusal(send(system(), account, registrant(REMINDED), 'ActivateAccount', {}));
  expect(late.code).toBe('EID_ERR_ACTIVATION_OVERDUE');
  await send(system(), account, officers.callCentre, 'ActivateThroughCallCentre', {});
  const types = (await readStream(system().pool, account)).map((e) => e.type);
  expect(types).toContain('ActivationReminded');
  expect(types).toContain('ActivationFellOverdue');
  expect(types.at(-1)).toBe('AccountActivated');
});

test('after all of this the chain is whole, the read models equal the fold and the stream equals the log', async () => {
  await expectTruth(system());
});
