import { jetstream } from '@nats-io/jetstream';
import { afterEach, expect, test, vi } from 'vitest';
import { manager, QUERIES } from '../../bus/streams.ts';
import { encodeReply } from '../../registries/kit/reply.ts';
import { commandFault } from '../../registries/mock/control.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { adapterKeys, addAdapterKey, revokeAdapterKeys } from '../../store/adapters.ts';
import { answersOfCase, openQuestions } from '../../store/questions.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { readRegistryHealth } from '../../store/registryHealth.ts';
import { file, send, streamOf } from '../support/play.ts';
import { codeOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const SOON = { timeout: 60_000, interval: 50 };
const DOWN = 30;
const system = useSystem({
  organisations: 40,
  values: { registryAnswerWithinMs: 1_500, registryAttempts: 3, registryBackoffMs: 200 },
});

afterEach(async () => {
  await commandFault(system().nc, 'TAX', { fault: 'NONE' });
});

const stateOf = async (n: number) =>
  (await readCase(system().pool, streamOf(n)))?.state as RegistrationState | undefined;
const checkOf = async (n: number) => (await stateOf(n))?.checks.find(({ registry }) => registry === 'TAX');
const silentTask = async (n: number) =>
  await vi.waitFor(async () => {
    const task = (await stateOf(n))?.tasks.find((one) => one.about === 'TAX' && one.status === 'OPEN');
    expect(task).toBeDefined();
    return task?.id ?? '';
  }, SOON);
const taxHealth = async () => (await readRegistryHealth(system().pool, ['TAX']))[0];
const dispositions = async (n: number) =>
  (await answersOfCase(system().pool, streamOf(n)))
    .filter(({ party }) => party === 'TAX')
    .map(({ disposition }) => disposition);

/** What TAX would say of organisation `n`, sent by hand. */
const answerOf = (n: number, id: string, round = 1) =>
  jetstream(system().nc).publish(
    'answers.TAX',
    encodeReply({
      schema: 'registry-answer/1',
      ...{ id, queryId: `${streamOf(n)}.TAX.${round}`, registry: 'TAX', reference: id },
      ...{ answeredAt: new Date().toISOString(), outcome: 'NOT_FOUND' },
    }),
  );
const untilAsked = (n: number) =>
  vi.waitFor(async () => expect(await checkOf(n)).toMatchObject({ status: 'ASKED' }), SOON);
const endEarly = (n: number) =>
  send(system(), streamOf(n), officers.proposer, 'EndWaitEarly', {
    queryId: `${streamOf(n)}.TAX.1`,
    note: 'Cơ quan thuế báo ngừng hai ngày',
  });

test('a registry that is down costs no case, everybody sees who waits, and its return meets each question once', async () => {
  const { nc, pool } = system();
  const numbers = Array.from({ length: DOWN }, (_, i) => i + 1);
  const { lookups: before } = await commandFault(nc, 'TAX', { fault: 'DOWN' });
  await Promise.all(numbers.map((n) => file(system(), n)));
  await vi.waitFor(async () => {
    const { items: open } = await openQuestions(pool, 'TAX', 100);
    expect(open).toHaveLength(DOWN);
    for (const one of open)
      expect(one).toMatchObject({ attempts: 3, owner: expect.stringMatching(/^(TAX|C06)$/) });
  }, SOON);
  await vi.waitFor(async () => {
    expect(await taxHealth()).toMatchObject({ open: { asked: 0, silent: DOWN }, unanswered: DOWN });
  }, SOON);
  const jsm = await manager(nc);
  await vi.waitFor(async () => {
    const { state } = await jsm.streams.info(QUERIES, { subjects_filter: 'queries.TAX' });
    expect(state.subjects?.['queries.TAX']).toBe(DOWN);
  }, SOON);
  await commandFault(nc, 'TAX', { fault: 'NONE' });
  for (const n of numbers) await system().watch.untilStatus(streamOf(n), 'PENDING_PROPOSAL');
  const { lookups: after } = await commandFault(nc, 'TAX', undefined);
  expect(after - before).toBe(DOWN);
  expect((await stateOf(1))?.tasks.find(({ about }) => about === 'TAX')).toMatchObject({
    status: 'CANCELLED',
  });
  expect(await taxHealth()).toMatchObject({
    open: { asked: 0, waiting: 0, silent: 0 },
    answers: { TAKEN: DOWN },
  });
});

test('a person ends the wait and records what a paper shows; what the registry says afterwards is late', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'SILENT', key: codeOf(31) });
  await file(system(), 31);
  await untilAsked(31);
  await endEarly(31);
  const taskId = await silentTask(31);
  const paper = { outcome: 'MATCH', document: 'Công văn 12/CT-TTHT', note: 'Theo công văn' };
  await send(system(), streamOf(31), officers.proposer, 'ResolveSilence', {
    taskId,
    action: 'OVERRIDE',
    ...paper,
  });
  await system().watch.untilStatus(streamOf(31), 'PENDING_PROPOSAL');
  const { type, by, data } = (await readStream(system().pool, streamOf(31))).find(
    (event) => event.type === 'RegistryOverridden',
  ) ?? { type: '', by: undefined, data: undefined };
  expect({ type, by, data }).toMatchObject({ by: { id: 'proposer' }, data: { registry: 'TAX', ...paper } });
  await answerOf(31, 'late-31');
  await vi.waitFor(async () => expect(await dispositions(31)).toEqual(['LATE']), SOON);
  expect(await checkOf(31)).toMatchObject({ status: 'OVERRIDDEN', outcome: 'MATCH' });
});

test('an answer to a request that was taken back is late', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'SILENT', key: codeOf(32) });
  await file(system(), 32);
  await untilAsked(32);
  await send(system(), streamOf(32), registrant(32), 'WithdrawRequest', {});
  await answerOf(32, 'late-32');
  await vi.waitFor(async () => expect(await dispositions(32)).toEqual(['LATE']), SOON);
  expect((await stateOf(32))?.status).toBe('WITHDRAWN');
});

test('of two different answers to one question the first counts, and the contradiction is seen', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'CONTRADICTORY', key: codeOf(33) });
  await file(system(), 33);
  await system().watch.untilStatus(streamOf(33), 'PENDING_PROPOSAL');
  await vi.waitFor(async () => expect(await dispositions(33)).toEqual(['TAKEN', 'CONTRADICTS']), SOON);
  expect(await checkOf(33)).toMatchObject({ status: 'ANSWERED', outcome: 'MATCH' });
  expect(await taxHealth()).toMatchObject({ answers: { CONTRADICTS: 1 } });
});

test('a registry that refuses is a silence with its reason, never "not found"', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'REFUSED', key: codeOf(34) });
  await file(system(), 34);
  await silentTask(34);
  const silent = (await readStream(system().pool, streamOf(34))).find(
    ({ type }) => type === 'RegistryFellSilent',
  );
  expect(silent?.data).toMatchObject({
    registry: 'TAX',
    detail: expect.stringMatching(/^REFUSED: [A-Z_]+$/),
  });
  expect(await taxHealth()).toMatchObject({ refused: 1 });
});

test('an answer to a question that nobody put is kept as late; the one that was put stays open, and asking again goes on', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'FOREIGN_QUERY', key: codeOf(35) });
  await file(system(), 35);
  await silentTask(35);
  expect(await dispositions(35)).toEqual([]);
  const ofNobody = await answersOfCase(system().pool, 'registration-of-nobody');
  expect(new Set(ofNobody.map(({ disposition }) => disposition))).toEqual(new Set(['LATE']));
  await commandFault(system().nc, 'TAX', { fault: 'NONE', key: codeOf(35) });
  const taskId = await silentTask(35);
  const retry = { taskId, action: 'RETRY', note: 'Hỏi lại' };
  await send(system(), streamOf(35), officers.proposer, 'ResolveSilence', retry);
  await system().watch.untilStatus(streamOf(35), 'PENDING_PROPOSAL');
});

test('what a party says while it has no valid key is kept and not believed', async () => {
  const { pool } = system();
  const own = (await adapterKeys(pool)).filter(({ party }) => party === 'TAX');
  expect(own).toHaveLength(1);
  await revokeAdapterKeys(pool, 'TAX', 'test');
  await file(system(), 36);
  await silentTask(36);
  expect(new Set(await dispositions(36))).toEqual(new Set(['REVOKED']));
  expect(await taxHealth()).toMatchObject({ revokedAt: expect.any(String) });
  const publicKey = (own[0]?.publicKey ?? '').replace(/^../, 'UZ');
  await addAdapterKey(pool, { party: 'TAX', kind: 'registry', publicKey, name: 'new', by: 'test' });
  const taskId = await silentTask(36);
  await send(system(), streamOf(36), officers.proposer, 'ResolveSilence', {
    ...{ taskId, action: 'RETRY', note: 'Khóa mới đã được cấp' },
  });
  await system().watch.untilStatus(streamOf(36), 'PENDING_PROPOSAL');
});

test('and every stream is whole', () => expectTruth(system()));
